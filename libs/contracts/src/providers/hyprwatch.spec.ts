import { describe, expect, it } from '@jest/globals';
import { isSuccess } from '#domain';
import { checkSecret, contractSample, generateSecret, scanJson } from '../index.ts';
import { where, wire } from './wire.ts';

const hyprwatch = wire('hyprwatch');
const query = contractSample(hyprwatch.contract, 'query.completed').value() as Record<string, unknown>;
const rows = (count: number, size = 10) =>
  Array.from({ length: count }, (_, n) => ({ n, fill: 'x'.repeat(size) }));
const sent = (data: object) =>
  hyprwatch.json({ type: 'query.completed', data })['data'] as {
    rows: object[];
    row_count: number;
    rows_truncated: boolean;
  };

describe('Hyprwatch', () => {
  it("HW-1: four events with the page's descriptions", () => {
    const types = [...hyprwatch.contract.eventTypes.values()];
    expect(types.map(({ type, label }) => [type, label])).toEqual([
      ['host.enrolled', 'New host joins fleet'],
      ['host.online', 'Host comes online'],
      ['host.offline', 'Host goes offline'],
      ['query.completed', 'Query finishes'],
    ]);
    expect(where(hyprwatch.problems({ type: 'host.gone', data: {} }))).toEqual(['unknown_type /type']);
  });

  it('HW-2: a completed query speaks of one host', () => {
    const { host_id: _, ...without } = query;
    expect(where(hyprwatch.problems({ type: 'query.completed', data: without }))).toEqual([
      'invalid_data /data/host_id',
    ]);
  });

  it('HW-3: secrets begin with whsec_, keys of the API with hw_live_', () => {
    expect(generateSecret(hyprwatch.contract, new Uint8Array(32))).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(hyprwatch.contract.keyPrefix).toBe('hw_live_');
  });

  it('HW-5: the old secret signs nothing once a new one is there', () => {
    const header = (secrets: string[]) => hyprwatch.headers(secrets, '{}')['X-Hyprwatch-Signature'];
    expect(header(['whsec_new', 'whsec_old'])).toBe(header(['whsec_new']));
  });

  it('HW-6: the envelope is id, event, timestamp without a fraction, data', () => {
    const body = hyprwatch.json({ type: 'host.online' });
    expect(Object.keys(body)).toEqual(['id', 'event', 'timestamp', 'data']);
    expect(body['id']).toMatch(/^evt_[0-9a-z]{26}$/);
    expect(body['timestamp']).toBe('2024-01-15T10:35:00Z');
  });

  it.each(['evt_', '001', 'evt_é', 'EVT_1', `evt_${'x'.repeat(61)}`])(
    'HW-6: %j is none of their ids',
    (id) => {
      expect(where(hyprwatch.problems({ type: 'host.online', id }))).toEqual(['invalid_id /id']);
    },
  );

  it('HW-7: an enrolled host has all six members of the sample', () => {
    expect(where(hyprwatch.problems({ type: 'host.enrolled', data: {} }))).toEqual(
      ['host_id', 'hostname', 'platform', 'os_version', 'osquery_version', 'shadow_version'].map(
        (name) => `invalid_data /data/${name}`,
      ),
    );
  });

  it('HW-8: both samples of host.online are accepted, unknown members ride along', () => {
    const host = { host_id: 'h_abc123', hostname: 'server-01', platform: 'linux' };
    const first = { ...host, os_version: 'Ubuntu 22.04', ip_address: '192.168.1.100' };
    const second = {
      ...host,
      last_seen: '2024-01-15T10:35:00Z',
      previous_state: 'offline',
      labels: ['production'],
    };
    expect(hyprwatch.json({ type: 'host.online', data: first })['data']).toEqual(first);
    expect(hyprwatch.json({ type: 'host.offline', data: second })['data']).toEqual(second);
  });

  it('HW-9: rows within the limits leave the data as it was published', () => {
    const text = `{ "rows":[ {"2":1.0,"1":"\\u00e9"} ], "rows_truncated":false,"row_count": 1e0, ${JSON.stringify(
      {
        ...query,
        rows: undefined,
        rows_truncated: undefined,
        row_count: undefined,
      },
    ).slice(1)}`;
    const body = hyprwatch.body({ type: 'query.completed', data: scanJson(Buffer.from(text)) });
    expect(body).toContain(
      '"data":{"rows":[{"2":1.0,"1":"\\u00e9"}],"rows_truncated":false,"row_count":1e0,',
    );
  });

  it('HW-9: more than 100 rows are cut, the true total stays, rows_truncated says so', () => {
    expect(sent({ ...query, rows: rows(100), row_count: 100 })).toMatchObject({ rows_truncated: false });
    const cut = sent({ ...query, rows: rows(101), row_count: 101 });
    expect(cut.rows).toEqual(rows(100));
    expect(cut).toMatchObject({ row_count: 101, rows_truncated: true });
    expect(Object.keys(cut)).toEqual(Object.keys(query));
  });

  it('HW-9: rows are cut at 256 KiB, one row longer than that leaves none', () => {
    const cut = sent({ ...query, rows: rows(90, 10_000), row_count: 90 });
    expect(cut.rows).toHaveLength(26);
    expect(Buffer.byteLength(JSON.stringify(cut.rows))).toBeLessThanOrEqual(262_144);
    expect(cut).toMatchObject({ row_count: 90, rows_truncated: true });
    expect(sent({ ...query, rows: rows(1, 300_000) })).toMatchObject({ rows: [], rows_truncated: true });
  });

  it('HW-9: the limit in bytes counts brackets and commas, and is reached before anything is cut', () => {
    // Two rows of `{"a":"…"}` with 8 bytes each besides the filling; two brackets and a comma.
    const two = (filling: number) => [{ a: 'x'.repeat(1_000) }, { a: 'x'.repeat(filling - 1_000) }];
    const fits = 262_144 - 2 - 1 - 2 * 8;
    expect(sent({ ...query, rows: two(fits) }).rows).toHaveLength(2);
    expect(sent({ ...query, rows: two(fits + 1) }).rows).toHaveLength(1);
  });

  it('HW-9: a publisher that cut before keeps its larger total; a smaller one is corrected', () => {
    expect(sent({ ...query, rows: rows(200), row_count: 5_000 }).row_count).toBe(5_000);
    expect(sent({ ...query, rows: rows(200), row_count: 3 }).row_count).toBe(200);
  });

  it('HW-9: total and flag are added where the publisher left them out', () => {
    const { row_count: _, rows_truncated: __, ...without } = query;
    expect(sent(without)).toMatchObject({ row_count: 2, rows_truncated: false });
    expect(sent({ ...without, row_count: 9 })).toMatchObject({ row_count: 9, rows_truncated: true });
  });

  it('HW-9: up to 1 MiB may be published, more is too large; other types take 256 KiB', () => {
    const host = { host_id: 'h', hostname: 'h', platform: 'linux' };
    expect(
      hyprwatch.problems({ type: 'query.completed', data: { ...query, rows: rows(99, 10_000) } }),
    ).toEqual([]);
    expect(
      where(hyprwatch.problems({ type: 'query.completed', data: { ...query, rows: rows(110, 10_000) } })),
    ).toEqual(['payload_too_large /data']);
    expect(
      where(hyprwatch.problems({ type: 'host.online', data: { ...host, x: 'x'.repeat(262_144) } })),
    ).toEqual(['payload_too_large /data']);
  });

  it('HW-10: X-Hyprwatch-Signature is sha256= and hex, keyed with the whole secret, prefix included', () => {
    const body = hyprwatch.body({
      type: 'host.enrolled',
      id: 'evt_001',
      occurredAt: Date.UTC(2024, 0, 15, 10, 30),
    });
    expect(Buffer.byteLength(body)).toBe(232);
    expect(hyprwatch.headers([`whsec_${'x'.repeat(24)}`], body)).toEqual({
      'Content-Type': 'application/json',
      'X-Hyprwatch-Signature': 'sha256=ba7e52eb6fb136e06c5ee953c96b3e834cd08a49094635d197e790ec92613a37',
    });
  });

  it('HW-11: a made secret is valid under Standard Webhooks too, where its key is another', () => {
    const secret = generateSecret(hyprwatch.contract, new Uint8Array(32).fill(1));
    expect(checkSecret(wire('standard-webhooks').contract, secret)).toBeNull();
    const page = `whsec_${'x'.repeat(24)}`;
    expect(checkSecret(hyprwatch.contract, page)).toBeNull();
    expect(checkSecret(wire('standard-webhooks').contract, page)).toMatch(/at least 38 characters/);
  });

  it('HW-12: five sends, each delay counted from the attempt before: 1 m, 5 m, 30 m, 2 h', () => {
    expect(hyprwatch.contract.policy.delaysMs).toEqual([60_000, 300_000, 1_800_000, 7_200_000]);
  });

  it('HW-13: 30 s, and only 2xx', () => {
    const { policy } = hyprwatch.contract;
    expect(policy.timeoutMs).toBe(30_000);
    expect([200, 299, 302, 404, 500].filter((status) => isSuccess(policy, status))).toEqual([200, 299]);
  });

  it('HW-14: a delivery that used up its attempts disables the endpoint, 410 alone does not', () => {
    expect(hyprwatch.contract.policy).toMatchObject({ exhaustionDisables: true, goneDisables: false });
  });

  it('HW-15: http only outside of production', () => {
    expect(hyprwatch.contract.https).toBe('production');
  });

  it('HW-16: the time is inside of what is signed, so that receivers may check it', () => {
    const at = (occurredAt: number) => hyprwatch.body({ type: 'host.online', id: 'evt_1', occurredAt });
    const signature = (body: string) => hyprwatch.headers(['whsec_secret'], body)['X-Hyprwatch-Signature'];
    expect(signature(at(0))).not.toBe(signature(at(1_000)));
  });
});
