import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestPostgres, type TestPostgres } from '../../fixtures/test-postgres.ts';
import { openReadModel, type ReadModel } from '../open-read-model.ts';
import { codeClasses } from './code-class.ts';
import type { DeliveryFilter } from './delivery-queries.ts';
import type { Page } from './keyset-page.ts';

const ROWS = 100_000;
const WITHIN_MS = 300;
const NOON = Date.UTC(2026, 10, 20, 12);

/** One tenant has nearly all of it, one of 50 webhooks each; what fails is rare, and what is rarest is old. */
const DELIVERIES = `INSERT INTO deliveries SELECT gen_random_uuid(), tenant, 'wh_' || n % 50, 'evt_' || n, 'type_' || n % 20,
    status, NULL, 0, 1, 0, true, 'event', false, NULL, 1, at, at, at, 0, 1,
    CASE WHEN status = 'delivered' THEN 200 WHEN status = 'pending' THEN NULL WHEN n % 3 = 0 THEN 404 ELSE 500 END,
    NULL, 3, 0, n, 'outcomes', n
  FROM (SELECT n, CASE WHEN n % 100 = 0 THEN 'small' ELSE 'large' END AS tenant,
      CASE WHEN n < 40 THEN 'expired' WHEN n % 1000 = 7 THEN 'failed' WHEN n % 500 = 3 THEN 'pending' ELSE 'delivered' END AS status,
      to_timestamp($1 / 1000.0) + n * interval '1 s' AS at
    FROM generate_series(1, ${ROWS}) AS n) AS made`;

const EVENTS = `INSERT INTO events (tenant_id, id, type, contract, occurred_at, accepted_at, log_partition, log_offset)
  SELECT CASE WHEN n % 100 = 0 THEN 'small' ELSE 'large' END, 'evt_' || n,
    CASE WHEN n < 40 THEN 'type_rare' ELSE 'type_' || n % 20 END, 'hyprwatch', at, at, 0, n
  FROM (SELECT n, to_timestamp($1 / 1000.0) + n * interval '1 s' AS at FROM generate_series(1, ${ROWS}) AS n) AS made`;

describe(`the first page out of ${ROWS.toLocaleString('en')} rows`, () => {
  let postgres: TestPostgres;
  let readModel: ReadModel;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    readModel = await openReadModel({ connectionString: postgres.connectionString });
    await readModel.migrate();
    await readModel.dataSource.query(DELIVERIES, [NOON]);
    await readModel.dataSource.query(EVENTS, [NOON]);
    await readModel.dataSource.query('ANALYZE deliveries, events');
  }, 60_000);
  afterAll(async () => {
    await readModel?.close();
    await postgres?.stop();
  });

  /** The better of two: this is about plans, not about what else the machine does. */
  const quickest = async <Row>(
    ask: () => Promise<Page<Row>>,
  ): Promise<readonly [ms: number, rows: number]> => {
    const times: number[] = [];
    let rows = 0;
    for (const _ of [1, 2]) {
      const began = performance.now();
      rows = (await ask()).items.length;
      times.push(performance.now() - began);
    }
    return [Math.min(...times), rows];
  };

  const hour = { since: NOON + 3_600_000, until: NOON + 7_200_000 };
  const filters: Readonly<Record<string, DeliveryFilter>> = {
    'no filter': {},
    webhook: { endpointId: 'wh_7' },
    'rarest status': { status: 'expired' },
    failed: { status: 'failed' },
    delivered: { status: 'delivered' },
    type: { type: 'type_3' },
    event: { eventId: 'evt_500' },
    'an hour long ago': hour,
    'nothing at all': { since: NOON - 7_200_000, until: NOON },
    'webhook, type, hour and code': { endpointId: 'wh_3', type: 'type_3', codeClass: '5xx', ...hour },
    ...Object.fromEntries(codeClasses.map((codeClass) => [codeClass, { codeClass }])),
  };

  it(`comes within ${WITHIN_MS} ms, whatever is asked for`, async () => {
    const slow: string[] = [];
    let slowest: readonly [ms: number, name: string] = [0, ''];
    const note = (name: string, ms: number) => {
      if (ms >= WITHIN_MS) slow.push(`${name}: ${ms.toFixed(0)} ms`);
      if (ms > slowest[0]) slowest = [ms, name];
    };
    for (const tenantId of ['large', 'small', null]) {
      for (const [name, filter] of Object.entries(filters)) {
        const [ms] = await quickest(() => readModel.queries.listDeliveries(tenantId, filter));
        note(`deliveries of ${tenantId ?? 'all'}, ${name}`, ms);
      }
      for (const filter of [
        {},
        { type: 'type_rare' },
        { type: 'type_none' },
        hour,
        { type: 'type_3', ...hour },
      ]) {
        const [ms] = await quickest(() => readModel.queries.listEvents(tenantId, filter));
        note(`events of ${tenantId ?? 'all'}, ${JSON.stringify(filter)}`, ms);
      }
    }
    process.stdout.write(`first page of ${ROWS} rows: slowest ${slowest[0].toFixed(1)} ms (${slowest[1]})\n`);
    expect(slow).toEqual([]);
  }, 60_000);

  it('holds what was asked for', async () => {
    const [, expired] = await quickest(() =>
      readModel.queries.listDeliveries('large', { status: 'expired' }),
    );
    expect(expired).toBeGreaterThan(30);
    const [, rare] = await quickest(() => readModel.queries.listEvents('large', { type: 'type_rare' }));
    expect(rare).toBeGreaterThan(30);
    const [, early] = await quickest(() => readModel.queries.listDeliveries('large', hour));
    expect(early).toBe(50);
  });
});
