import type { DeliveryStatus } from '#domain';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestPostgres, type TestPostgres } from '../../fixtures/test-postgres.ts';
import type { DeliveryRow } from '../entities/delivery-row.ts';
import { openReadModel, type ReadModel } from '../open-read-model.ts';
import type { CodeClass } from './code-class.ts';
import type { DeliveryFilter } from './delivery-queries.ts';
import type { Page, PageAsk } from './keyset-page.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const COUNT = 250;

/** Every seventh shares its time with the one before, so that only the id orders them. */
const delivery = (n: number): DeliveryRow => ({
  id: uuid(n),
  tenantId: n % 10 === 0 ? 'other' : 'acme',
  endpointId: n % 10 === 0 ? 'wh_other' : `wh_${n % 3}`,
  eventId: `evt_${n}`,
  eventType: n % 2 === 0 ? 'host.online' : 'host.offline',
  status: n % 5 === 0 ? 'held' : 'delivered',
  reason: null,
  chain: 0,
  attempt: 1,
  step: 0,
  settled: true,
  askedBy: 'event',
  test: false,
  nextDueAt: null,
  term: 1,
  occurredAt: NOON,
  createdAt: NOON + (n % 7 === 0 ? n - 1 : n),
  updatedAt: NOON,
  lastChain: 0,
  lastAttempt: 1,
  lastStatusCode: [200, 200, 200, 302, 404, 599, null][n % 7] ?? null,
  lastError: null,
  lastDurationMs: 3,
  partition: 0,
  eventOffset: n,
  headTopic: 'outcomes',
  headOffset: n,
});

describe('queries', () => {
  let postgres: TestPostgres;
  let readModel: ReadModel;
  const rows = Array.from({ length: COUNT }, (_, n) => delivery(n));

  beforeAll(async () => {
    postgres = await startTestPostgres();
    readModel = await openReadModel({ connectionString: postgres.connectionString, statementTimeoutMs: 500 });
    await readModel.migrate();
    const slice = { projection: 'test', partition: 0, from: null, to: COUNT };
    await readModel.store.apply([
      { ...slice, topic: 'outcomes', changes: { deliveries: rows } },
      {
        ...slice,
        topic: 'events',
        changes: {
          events: rows.map(({ tenantId, eventId, createdAt }, offset) => ({
            tenantId,
            id: eventId,
            type: 'host.online',
            contract: 'hyprwatch',
            occurredAt: NOON,
            acceptedAt: createdAt,
            slot: null,
            partition: 0,
            offset,
          })),
          values: rows.map(({ eventId }, offset) => ({
            offset,
            value: Buffer.from(`{"id":"${eventId}"}`),
            at: NOON,
          })),
        },
      },
    ]);
  }, 30_000);
  afterAll(async () => {
    await readModel?.close();
    await postgres?.stop();
  });

  const newestFirst = (mine: readonly DeliveryRow[]) =>
    mine.toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1)).map(({ id }) => id);

  /** Walks to the end and back; both ways must meet every row once. */
  const walk = async <Row>(list: (ask: PageAsk) => Promise<Page<Row>>, idOf: (row: Row) => string) => {
    const there: string[] = [];
    let page = await list({ limit: 17 });
    expect(page.previous).toBeNull();
    for (;;) {
      there.push(...page.items.map(idOf));
      if (page.next === null) break;
      page = await list({ limit: 17, after: page.next });
    }
    const back = page.items.map(idOf);
    while (page.previous !== null) {
      page = await list({ limit: 17, before: page.previous });
      back.unshift(...page.items.map(idOf));
    }
    expect(back).toEqual(there);
    return there;
  };

  it('walk all deliveries of a tenant, newest first, each once, in both directions', async () => {
    const ids = await walk(
      (ask) => readModel.queries.listDeliveries('acme', ask),
      ({ id }) => id,
    );
    expect(ids).toEqual(newestFirst(rows.filter(({ tenantId }) => tenantId === 'acme')));
  });

  it('walk all of all tenants for the operator', async () => {
    const ids = await walk(
      (ask) => readModel.queries.listDeliveries(null, ask),
      ({ id }) => id,
    );
    expect(ids).toEqual(newestFirst(rows));
    expect(
      await walk(
        (ask) => readModel.queries.listEvents(null, ask),
        ({ id }) => id,
      ),
    ).toHaveLength(COUNT);
  });

  it('filter by endpoint, status, type and event, and by all at once', async () => {
    const status: DeliveryStatus = 'held';
    const filter = { endpointId: 'wh_1', status, type: 'host.offline' };
    const ids = await walk(
      (ask) => readModel.queries.listDeliveries('acme', { ...filter, ...ask }),
      ({ id }) => id,
    );
    expect(ids).toEqual(
      newestFirst(
        rows.filter(
          (row) => row.endpointId === 'wh_1' && row.status === 'held' && row.eventType === 'host.offline',
        ),
      ),
    );
    const { items } = await readModel.queries.listDeliveries('acme', { eventId: 'evt_42' });
    expect(items).toEqual([rows[42]]);
  });

  it('filter by time, from a moment on and before another, and by what was answered last', async () => {
    const span = { since: NOON + 100, until: NOON + 200 };
    const within = rows.filter((row) => row.createdAt >= span.since && row.createdAt < span.until);
    const idsOf = (filter: DeliveryFilter) =>
      walk(
        (ask) => readModel.queries.listDeliveries(null, { ...filter, ...ask }),
        ({ id }) => id,
      );
    expect(await idsOf(span)).toEqual(newestFirst(within));
    const events = await walk(
      (ask) => readModel.queries.listEvents('acme', { ...span, ...ask }),
      ({ id }) => id,
    );
    expect(events).toHaveLength(within.filter(({ tenantId }) => tenantId === 'acme').length);
    const codes = { '2xx': 200, '3xx': 302, '4xx': 404, '5xx': 599, none: null };
    for (const [codeClass, code] of Object.entries(codes)) {
      const own = rows.filter(({ lastStatusCode }) => lastStatusCode === code);
      expect(own.length).toBeGreaterThan(0);
      expect(await idsOf({ codeClass: codeClass as CodeClass })).toEqual(newestFirst(own));
    }
    expect(await idsOf({ codeClass: '1xx' })).toEqual([]);
  });

  it('never show what belongs to another tenant', async () => {
    expect(await readModel.queries.getDelivery('acme', uuid(10))).toBeUndefined();
    expect(await readModel.queries.getDelivery('other', uuid(10))).toMatchObject({
      delivery: { id: uuid(10) },
    });
    expect(await readModel.queries.getDelivery(null, uuid(10))).toBeDefined();
    expect(await readModel.queries.getEvent('acme', 'evt_10')).toBeUndefined();
    expect((await readModel.queries.listDeliveries('acme', { endpointId: 'wh_other' })).items).toEqual([]);
    expect((await readModel.queries.stats('other')).open).toEqual({ pending: 0, held: 25 });
  });

  it('answer undefined for ids that cannot be', async () => {
    for (const id of ['', 'no uuid', "'; DROP TABLE deliveries", `${uuid(1)}0`]) {
      expect(await readModel.queries.getDelivery('acme', id)).toBeUndefined();
    }
  });

  it('refuse limits and cursors that make no sense, before asking the database', async () => {
    const list = async (ask: PageAsk) => readModel.queries.listDeliveries('acme', ask);
    for (const limit of [0, -1, 101, 1.5, Number.NaN]) {
      await expect(list({ limit })).rejects.toMatchObject({ code: 'invalid_limit' });
    }
    const { next } = await readModel.queries.listEvents('acme', { limit: 1 });
    await expect(list({ after: next ?? '' })).rejects.toMatchObject({ code: 'invalid_cursor' });
    await expect(list({ after: 'AAAA' })).rejects.toMatchObject({ code: 'invalid_cursor' });
    const page = await list({ limit: 1 });
    await expect(list({ after: page.next!, before: page.next! })).rejects.toMatchObject({
      code: 'invalid_cursor',
    });
  });

  it('leave bodies out of lists and give them with one event', async () => {
    const { items } = await readModel.queries.listEvents('acme', { limit: 1 });
    expect(items[0]).not.toHaveProperty('body');
    const found = await readModel.queries.getEvent('acme', 'evt_42');
    expect(Buffer.from(found!.event.body!).toString()).toBe('{"id":"evt_42"}');
    expect(found!.deliveries.map(({ id }) => id)).toEqual([uuid(42)]);
  });

  it('have an index for each list', async () => {
    const plans = {
      deliveries_by_endpoint: `WHERE endpoint_id = 'wh7'`,
      deliveries_by_tenant: `WHERE tenant_id = 't3'`,
      deliveries_by_status: `WHERE tenant_id = 't3' AND status = 'held'`,
      deliveries_by_type: `WHERE tenant_id = 't3' AND event_type = 'y3'`,
      deliveries_by_time: '',
    };
    const enough = new Error('nothing of this is kept');
    const explained = readModel.dataSource.transaction(async (manager) => {
      await manager.query('SET LOCAL statement_timeout = 0');
      await manager.query(
        `INSERT INTO deliveries SELECT (r).* FROM (
           SELECT jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'tenant_id', 't' || n % 200,
             'endpoint_id', 'wh' || n % 2000, 'event_type', 'y' || n / 200 % 10, 'created_at', (d).created_at + n * interval '1 s',
             'status', CASE WHEN n / 200 % 10 = 0 THEN 'held' ELSE 'delivered' END)) AS r
           FROM (SELECT d FROM deliveries AS d LIMIT 1) AS first, generate_series(1, 20000) AS n) AS made`,
      );
      await manager.query('ANALYZE deliveries');
      await manager.query('SET LOCAL enable_bitmapscan = off');
      for (const [index, where] of Object.entries(plans)) {
        const key = `(created_at, id) < ('2030-01-01', '${uuid(9)}')`;
        const plan = await manager.query<Record<string, string>[]>(
          `EXPLAIN SELECT * FROM deliveries ${where === '' ? 'WHERE' : `${where} AND`} ${key}
           ORDER BY created_at DESC, id DESC LIMIT 50`,
        );
        // The few of one millisecond are sorted, never more.
        expect(JSON.stringify(plan)).toMatch(/Incremental Sort.*Presorted Key: created_at/);
        expect(JSON.stringify(plan)).toContain(`Index Scan Backward using ${index}`);
      }
      throw enough;
    });
    await expect(explained).rejects.toBe(enough);
  }, 30_000);

  it('end a statement that takes too long', async () => {
    await expect(readModel.dataSource.query('SELECT pg_sleep(5)')).rejects.toThrow(/statement timeout/);
  });
});
