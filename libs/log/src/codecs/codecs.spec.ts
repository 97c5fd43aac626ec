import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { hopsFor, type DeliveryRef } from '#domain';
import { decodeAsked, encodeAsked } from './asked-codec.ts';
import { decodeControl, encodeControl } from './control-codec.ts';
import type { Decoded, Encoded, Readable } from './encoded.ts';
import { decodeEvent, encodeEvent } from './event-codec.ts';
import { decodeKeyUses, encodeKeyUses } from './key-uses-codec.ts';
import { decodeOutcome, decodeOutcomeHead, encodeOutcome, glimpseOutcome } from './outcome-codec.ts';
import { decodeProcess, encodeProcess } from './process-codec.ts';
import { decodeQuarantined, encodeQuarantined } from './quarantined-codec.ts';
import { decode, type Schema, type Upcaster } from './schema.ts';
import { decodeWaiting, encodeWaiting } from './waiting-codec.ts';

interface Codec<T> {
  readonly decode: (record: Readable) => Decoded<T>;
  readonly encode: (value: T) => Encoded;
}
const again =
  <T>(codec: Codec<T>) =>
  (record: Readable): Encoded => {
    const decoded = codec.decode(record);
    if (!decoded.ok) throw new Error(JSON.stringify(decoded));
    return codec.encode(decoded.value);
  };
/** By the first word of a fixture's name. */
const codecs: Record<string, (record: Readable) => Encoded> = {
  event: again({ decode: decodeEvent, encode: encodeEvent }),
  asked: again({ decode: decodeAsked, encode: encodeAsked }),
  waiting: again({ decode: decodeWaiting, encode: encodeWaiting }),
  outcome: again({ decode: decodeOutcome, encode: encodeOutcome }),
  control: again({ decode: decodeControl, encode: encodeControl }),
  quarantined: again({ decode: decodeQuarantined, encode: encodeQuarantined }),
  process: again({ decode: decodeProcess, encode: encodeProcess }),
  uses: again({ decode: decodeKeyUses, encode: encodeKeyUses }),
};

const folderOf = (version: number) => join(import.meta.dirname, '__fixtures__', `v${version}`);
const fixture = (name: string, version = 1): Readable => {
  const { value, ...rest } = JSON.parse(readFileSync(join(folderOf(version), `${name}.json`), 'utf8'));
  return { ...rest, value: new Uint8Array(Buffer.from(value, 'base64')) };
};
const namesOf = (version: number) => readdirSync(folderOf(version)).map((file) => file.replace('.json', ''));
const names = namesOf(1);

describe('golden records of every version (added, never edited)', () => {
  it.each([1, 2].flatMap((version) => namesOf(version).map((name) => ({ name, version }))))(
    '$name of version $version is read, and written back byte by byte',
    ({ name, version }) => {
      const record = fixture(name, version);
      const written = codecs[name.split('-')[0]!]!(record);
      expect(Object.entries(written.headers)).toEqual(Object.entries(record.headers));
      expect([written.key, [...written.value]]).toEqual([record.key, [...record.value]]);
    },
  );

  it('of a control fact: values of custom headers that are sealed are version 2, nothing else is', () => {
    const sealed = decodeControl(fixture('control-sealed-headers', 2));
    if (!sealed.ok || sealed.value.fact.type !== 'endpoint.created') throw new Error('not read');
    const { fact } = sealed.value;
    expect(fact.settings.headers).toEqual({ authorization: { sealed: expect.stringMatching(/^k1\./) } });
    const plain = { ...fact, settings: { ...fact.settings, headers: { 'x-team': 'ops' } } };
    expect(encodeControl({ ...sealed.value, fact: plain }).headers['schema-version']).toBe('1');
  });

  it('holds every kind of record', () => {
    expect(new Set(names.map((name) => name.split('-')[0]))).toEqual(new Set(Object.keys(codecs)));
  });

  it('reads what deciding needs from headers alone', () => {
    const record = { ...fixture('outcome-retry'), value: new TextEncoder().encode('not JSON') };
    expect(decodeOutcome(record)).toMatchObject({ ok: false, why: 'unreadable' });
    expect(decodeOutcomeHead(record)).toMatchObject({
      ok: true,
      value: {
        outcome: { attempt: 1, decision: { kind: 'retry', next: { attempt: 2, step: 1, hops: ['1s'] } } },
      },
    });
  });
});

describe('hostile headers are unreadable, with the header named', () => {
  const DAY = 24 * 3_600_000;
  it.each([
    ['attempt', '1001'],
    ['attempt', '0'],
    ['attempt', 'NaN'],
    ['attempt', '1e3'],
    ['attempt', '-1'],
    ['attempt', ' 1'],
    ['attempt', '01'],
    ['attempt', '9'.repeat(400)],
    ['step', '0'],
    ['step', '100001'],
    ['due-at', String(1_795_168_800_200 + DAY + 3_600_001)],
    ['due-at', '99999999999999'],
    ['hops', '4s,3s'],
    ['hops', Array.from({ length: 65 }, () => '2h').join(',')],
    ['chain', '9007199254740993'],
    ['delivery-id', ''],
    ['tenant', 'x'.repeat(1_025)],
    ['asked-by', 'root'],
    ['event-offset', '1.5'],
    ['deferred-since', 'yesterday'],
    ['schema-version', 'one'],
  ])('%s: %s', (name, value) => {
    const record = fixture('waiting');
    const decoded = decodeWaiting({ ...record, headers: { ...record.headers, [name]: value } });
    expect(decoded).toMatchObject({ ok: false, why: 'unreadable' });
    expect(decoded.ok ? '' : 'reason' in decoded && decoded.reason).toContain(`header ${name} `);
  });

  it.each(
    Object.keys(fixture('waiting').headers).filter((name) => !/^ce_|content-type|event-offset/.test(name)),
  )('a missing %s', (name) => {
    const record = fixture('waiting');
    const { [name]: _, ...headers } = record.headers;
    expect(decodeWaiting({ ...record, headers })).toMatchObject({ ok: false, why: 'unreadable' });
  });

  it('a slot beyond the body', () => {
    const record = fixture('event');
    const headers = { ...record.headers, slot: String(record.value.byteLength - 35) };
    expect(decodeEvent({ ...record, headers })).toMatchObject({ ok: false, why: 'unreadable' });
  });

  it.each([
    ['unknown outcome', 'outcome', 'lost'],
    ['a reason of another outcome', 'reason', 'endpoint_deleted'],
    ['neither true nor false', 'disables', 'yes'],
  ])('%s', (_, name, value) => {
    const record = fixture('outcome-failed');
    const decoded = decodeOutcome({ ...record, headers: { ...record.headers, [name]: value } });
    expect(decoded).toMatchObject({ ok: false, why: 'unreadable' });
  });

  it.each(['[]', '{', '"x"', '{"startedAt":"now"}', '\u00ff'])('a detail that is %s', (text) => {
    const record = { ...fixture('outcome-retry'), value: Uint8Array.from(Buffer.from(text, 'latin1')) };
    expect(decodeOutcome(record)).toMatchObject({ ok: false, why: 'unreadable' });
  });

  it.each(['{"type":"endpoint.failed","at":1}', '{"type":"endpoint.failed","endpointId":"x"}', '[]'])(
    'a control fact that is %s',
    (text) => {
      const record = { ...fixture('control'), value: new TextEncoder().encode(text) };
      expect(decodeControl(record)).toMatchObject({ ok: false, why: 'unreadable' });
    },
  );

  it.each(['{}', '{"uses":[]}', '{"uses":{"key_1":"now"}}', '{"uses":{"key_1":-1}}', '[]'])(
    'uses of keys that are %s',
    (text) => {
      const record = { ...fixture('uses'), value: new TextEncoder().encode(text) };
      expect(decodeKeyUses(record)).toMatchObject({ ok: false, why: 'unreadable' });
    },
  );

  it.each(['{}', '[]', '{"role":"admin","stands":{}}'])('a process that says %s', (text) => {
    const record = { ...fixture('process'), value: new TextEncoder().encode(text) };
    expect(decodeProcess(record)).toMatchObject({ ok: false, why: 'unreadable' });
  });

  it.each([
    '[]',
    '{"dispatcher":[]}',
    '{"dispatcher":{"events":[[0]]}}',
    '{"dispatcher":{"events":[[0,-1]]}}',
  ])('a process that stands at %s', (stands) => {
    const said = Buffer.from(fixture('process').value).toString();
    const value = new TextEncoder().encode(said.replace(/"stands":.*/, `"stands":${stands}}`));
    expect(decodeProcess({ ...fixture('process'), value })).toMatchObject({ ok: false, why: 'unreadable' });
  });

  it('no bytes and no headers at all', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(fixture('waiting').headers)), fc.string()),
        fc.uint8Array(),
        (headers, value) => {
          const record = { key: null, headers, value, appendedAt: 0 };
          for (const read of [
            decodeEvent,
            decodeAsked,
            decodeWaiting,
            decodeOutcome,
            decodeControl,
            decodeKeyUses,
            decodeProcess,
          ]) {
            expect(read(record).ok).toBe(false);
          }
        },
      ),
    );
  });
});

describe('versions', () => {
  it.each(names)('%s of a newer version is not unreadable (R21)', (name) => {
    const record = fixture(name);
    const version = name.startsWith('control') ? 3 : 2;
    const newer = { ...record, headers: { ...record.headers, 'schema-version': String(version) } };
    const read = {
      event: decodeEvent,
      asked: decodeAsked,
      waiting: decodeWaiting,
      outcome: decodeOutcome,
      control: decodeControl,
      quarantined: decodeQuarantined,
      uses: decodeKeyUses,
      process: decodeProcess,
    }[name.split('-')[0]!];
    expect(read?.(newer)).toEqual({ ok: false, why: 'newer', version });
  });

  it('a reason of strangers is written without control characters and halves of characters, and not too long', () => {
    const quarantined = { topic: 'Team_A.orders', partition: 3, offset: 7, at: 1 };
    const reason = `no tenant "\u0000\u001b[2J\ud800" ${'x'.repeat(2_000)}`;
    const { headers } = encodeQuarantined({ ...quarantined, reason });
    expect(headers['reason']).toMatch(/^no tenant "\ufffd\ufffd\[2J\ufffd" x+$/);
    expect(headers['reason']).toHaveLength(1_000);
    const record = { key: null, value: new Uint8Array(0), headers, appendedAt: 1 };
    expect(decodeQuarantined(record)).toMatchObject({ ok: true, value: quarantined });
  });

  it('a control fact of an unknown type was written by a newer release', () => {
    const record = fixture('control');
    const value = new TextEncoder().encode('{"type":"endpoint.frozen","at":1}');
    expect(decodeControl({ ...record, value })).toEqual({ ok: false, why: 'newer', version: 1 });
  });

  /** A schema with a past: version 0 called the tenant `customer`, version 1 counted in seconds. */
  const schema: Schema<{ tenant: string; at: number }> = {
    current: 2,
    upcasters: new Map<number, Upcaster>([
      [
        0,
        (record) => ({ ...record, headers: { ...record.headers, tenant: record.headers['customer'] ?? '' } }),
      ],
      [1, (record) => ({ ...record, headers: { ...record.headers, at: `${record.headers['at']}000` } })],
    ]),
    read: (headers) => ({ tenant: headers.text('tenant'), at: headers.time('at') }),
  };
  const of = (headers: Record<string, string>) =>
    decode(schema, { key: null, headers, value: new Uint8Array(0), appendedAt: 0 });

  it('are raised one step after the other up to the current one', () => {
    const value = { tenant: 't', at: 7_000 };
    expect(of({ 'schema-version': '0', customer: 't', at: '7' })).toEqual({ ok: true, value });
    expect(of({ 'schema-version': '1', tenant: 't', at: '7' })).toEqual({ ok: true, value });
    expect(of({ 'schema-version': '2', tenant: 't', at: '7000' })).toEqual({ ok: true, value });
  });

  it('that were never written are unreadable', () => {
    const record = fixture('waiting');
    const headers = { ...record.headers, 'schema-version': '0' };
    expect(decodeWaiting({ ...record, headers })).toMatchObject({ ok: false, why: 'unreadable' });
  });
});

describe('any waiting delivery', () => {
  it('comes back as it was written', () => {
    const text = fc.string({ minLength: 1, maxLength: 100, unit: 'binary' });
    const time = fc.integer({ min: 0, max: 9_999_999_999_999 });
    const ref: fc.Arbitrary<DeliveryRef> = fc.record({
      deliveryId: text,
      tenantId: text,
      endpointId: text,
      eventId: text,
      eventType: text,
      chain: fc.nat(),
      askedBy: fc.constantFrom('event', 'replay', 'release', 'test'),
      eventOffset: fc.option(fc.nat()),
      occurredAt: time,
      acceptedAt: time,
    });
    const waiting = fc.record({
      ref,
      attempt: fc.integer({ min: 1, max: 1_000 }),
      step: fc.integer({ min: 1, max: 100_000 }),
      dueAt: time,
      hops: fc.nat(86_400_000).map((ms) => hopsFor(ms).tiers),
      deferredSince: fc.option(time),
      body: fc.uint8Array(),
    });
    fc.assert(
      fc.property(waiting, (value) => {
        const decoded = decodeWaiting({ ...encodeWaiting(value), appendedAt: value.dueAt });
        expect(decoded).toEqual({ ok: true, value });
      }),
    );
  });
});

describe('a glimpse of an outcome', () => {
  it('tells what it is and of which attempt, as the whole does', () => {
    for (const name of names.filter((one) => one.startsWith('outcome'))) {
      const decoded = decodeOutcomeHead(fixture(name));
      if (!decoded.ok) throw new Error(name);
      const { value } = decoded;
      expect(glimpseOutcome(fixture(name))).toEqual(
        value.kind === 'unmatched'
          ? undefined
          : {
              kind: value.outcome.decision.kind,
              deliveryId: value.outcome.ref.deliveryId,
              chain: value.outcome.ref.chain,
              attempt: value.outcome.attempt,
            },
      );
    }
  });

  it.each([
    ['schema-version', '2'],
    ['outcome', 'lost'],
    ['chain', 'first'],
    ['attempt', '1.5'],
  ])('is none where %s is %s', (name, value) => {
    const record = fixture('outcome-retry');
    expect(glimpseOutcome({ ...record, headers: { ...record.headers, [name]: value } })).toBeUndefined();
  });
});
