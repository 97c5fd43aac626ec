import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestPostgres, type TestPostgres } from '../../fixtures/test-postgres.ts';
import { openReadModel, type ReadModel } from '../open-read-model.ts';

const HOUR = 3_600_000;
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

interface Made {
  readonly endpoint?: string;
  readonly status?: string;
  readonly agoMs?: number;
  /** From acceptance to the last change. */
  readonly tookMs?: number;
  readonly test?: boolean;
  readonly chain?: number;
}

describe('figures for charts', () => {
  let postgres: TestPostgres;
  let readModel: ReadModel;
  let now: number;
  let count = 0;

  const ask = <Row = Record<string, unknown>>(sql: string) => readModel.dataSource.query<Row[]>(sql);
  const at = (ms: number) => `'${new Date(ms).toISOString()}'`;

  const make = async (made: Made) => {
    const {
      endpoint = 'wh_1',
      status = 'delivered',
      agoMs = 0,
      tookMs = 100,
      test = false,
      chain = 0,
    } = made;
    const created = now - agoMs;
    await ask(`INSERT INTO deliveries (id, tenant_id, endpoint_id, event_id, event_type, status, chain, attempt, step,
        settled, asked_by, test, occurred_at, created_at, updated_at, log_partition, head_topic, head_offset)
      VALUES ('${uuid((count += 1))}', 'acme', '${endpoint}', 'evt_${count}', 'host.online', '${status}', ${chain}, 1, 0,
        true, 'event', ${test}, ${at(created)}, ${at(created)}, ${at(created + tookMs)}, 0, 'outcomes', ${count})`);
  };
  const attempt = (kind: string, agoMs: number, askedBy = 'event') =>
    ask(`INSERT INTO attempts (chain, log_offset, at, started_at, attempt, step, term, log_partition, delivery_id, kind, asked_by)
      VALUES (0, 1, ${at(now - agoMs)}, ${at(now - agoMs)}, 1, 0, 1, 0, '${uuid(1_000 + (count += 1))}', '${kind}', '${askedBy}')`);
  const event = (agoMs: number) =>
    ask(`INSERT INTO events (tenant_id, id, type, contract, occurred_at, accepted_at, log_partition, log_offset)
      VALUES ('acme', 'evt_${(count += 1)}', 'host.online', 'hyprwatch', ${at(now - agoMs)}, ${at(now - agoMs)}, 0, ${count})`);

  beforeAll(async () => {
    postgres = await startTestPostgres();
    readModel = await openReadModel({ connectionString: postgres.connectionString });
    await readModel.migrate();
    const [row] = await ask<{ now: Date }>('SELECT now()');
    now = row?.now.getTime() ?? 0;
    for (const status of ['delivered', 'delivered', 'failed', 'expired', 'pending', 'held'])
      await make({ status });
    await make({ agoMs: 3 * HOUR, tookMs: 9_000 });
    await make({ agoMs: 30 * HOUR, status: 'failed' });
    await make({ test: true, status: 'failed' });
    await make({ endpoint: 'wh_2', agoMs: 2 * HOUR, status: 'pending' });
    await make({ agoMs: 9 * HOUR, tookMs: 9 * HOUR, chain: 7 });
    for (const kind of ['delivered', 'retry', 'retry']) await attempt(kind, 0);
    await attempt('delivered', 0, 'test');
    await attempt('failed', 2 * 60_000);
    await attempt('failed', 2 * HOUR);
    for (const ago of [0, 0, 2 * 60_000, 2 * HOUR]) await event(ago);
  }, 60_000);
  afterAll(async () => {
    await readModel?.close();
    await postgres?.stop();
  });

  it('count deliveries of asked endpoints by hour of acceptance, without tests and what is older than a day', async () => {
    const hourOf = (ms: number) => Math.floor(ms / HOUR) * HOUR;
    const hours = await readModel.queries.activity(['wh_1', 'wh_none']);
    expect(hours).toEqual([
      { endpointId: 'wh_1', hour: hourOf(now - 9 * HOUR), deliveries: 1, delivered: 1, failed: 0 },
      { endpointId: 'wh_1', hour: hourOf(now - 3 * HOUR), deliveries: 1, delivered: 1, failed: 0 },
      { endpointId: 'wh_1', hour: hourOf(now), deliveries: 6, delivered: 2, failed: 2 },
    ]);
    const [other] = await readModel.queries.activity(['wh_2']);
    expect(other).toMatchObject({ endpointId: 'wh_2', deliveries: 1, delivered: 0, failed: 0 });
    expect(await readModel.queries.activity([])).toEqual([]);
  });

  it('tell the last hour minute by minute, quiet ones too', async () => {
    const minutes = await readModel.queries.recentMinutes();
    expect([60, 61]).toContain(minutes.length);
    const busy = minutes.filter(({ accepted, attempts }) => accepted + attempts > 0);
    const minuteOf = (ms: number) => Math.floor(ms / 60_000) * 60_000;
    expect(busy).toEqual([
      { at: minuteOf(now - 120_000), accepted: 1, attempts: 1, delivered: 0 },
      { at: minuteOf(now), accepted: 2, attempts: 3, delivered: 1 },
    ]);
    for (const [n, { at: start }] of minutes.entries()) {
      expect(start - (minutes[0]?.at ?? 0)).toBe(n * 60_000);
    }
  });

  it('tell how long deliveries took from acceptance on, and how old what is open is', async () => {
    const { endToEnd, backlogByAge } = await readModel.queries.overview();
    // Two of the last five minutes; the slow one is older, and a replay's chain says nothing of how fast it was.
    expect(endToEnd).toEqual({ p50: 0.1, p95: 0.1, p99: 0.1 });
    expect(backlogByAge).toEqual([
      { age: 'under_1m', pending: 1, held: 1 },
      { age: 'under_6h', pending: 1, held: 0 },
    ]);
  });
});
