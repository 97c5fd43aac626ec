import type { Encoded } from '#log';
import { openReadModel, type ReadModel } from '#read-model';
import { eventually } from '#testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestPostgres, type TestPostgres } from '../../../libs/read-model/fixtures/test-postgres.ts';
import {
  aFact,
  aLog,
  anAsked,
  anEvent,
  anOutcome,
  endpointLife,
  NOON,
  retry,
  type TestLog,
} from '../fixtures/history.ts';
import { startedProjector } from '../fixtures/started-projector.ts';
import { dump, empty } from '../fixtures/tables.ts';
import type { Projector } from './create-projector.ts';
import { rebuild, type RebuildProgress } from './rebuild.ts';

const DELIVERIES = 2_000;
const DAY = 86_400_000;
const forEver = { bodiesMs: null, deliveriesMs: null };

describe('a rebuild', () => {
  let postgres: TestPostgres;
  let readModel: ReadModel;
  let testLog: TestLog;
  let projector: Projector;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    readModel = await openReadModel({ connectionString: postgres.connectionString });
    await readModel.migrate();
  }, 30_000);
  afterAll(async () => {
    await readModel?.close();
    await postgres?.stop();
  });
  beforeEach(async () => {
    await empty(readModel);
    testLog = await aLog();
    projector = await startedProjector({ log: testLog.log, readModel });
  });
  afterEach(async () => {
    await projector.stop();
    await testLog.log.close();
  });

  /** Deliveries with retries over three days, on two partitions; some asked for again, one record unreadable. */
  const happened = async (from: number, to: number) => {
    for (const partition of [0, 1]) {
      const events: Encoded[] = [];
      const outcomes: Encoded[] = [];
      const asked: Encoded[] = [];
      for (let n = from; n < to; n += 1) {
        if (n % 2 !== partition) continue;
        const ref = {
          eventId: `evt_${n}`,
          endpointId: `wh_${partition}${n % 7}`,
          eventOffset: n,
          tenantId: `t${partition}`,
        };
        const at = NOON + Math.floor((n / DELIVERIES) * 3) * DAY;
        events.push(anEvent(ref.eventId, { tenantId: ref.tenantId }));
        if (n % 3 === 0) outcomes.push(anOutcome(ref, retry(2, 1), { at }));
        outcomes.push(
          anOutcome(ref, { kind: 'delivered' }, { at: at + 1, attempt: n % 3 === 0 ? 2 : 1, step: 1 }),
        );
        if (n % 50 === 0) asked.push(anAsked({ ...ref, chain: 9, askedBy: 'replay' }));
      }
      outcomes.push({ key: null, headers: {}, value: Buffer.from('?') });
      await testLog.append('events', partition, ...events);
      await testLog.append('deliveries', partition, ...asked);
      await testLog.append('outcomes', partition, ...outcomes);
    }
  };
  const caughtUp = () =>
    eventually(async () => {
      const { positions } = await readModel.queries.stats();
      const at = new Map(positions.map((row) => [`${row.topic}/${row.partition}`, row.nextOffset]));
      for (const topic of ['control', 'events', 'deliveries', 'outcomes', 'quarantine'] as const) {
        for (const [partition, end] of (await testLog.log.endOffsets(topic)).entries()) {
          expect([topic, partition, at.get(`${topic}/${partition}`) ?? 0]).toEqual([topic, partition, end]);
        }
      }
    }, 20_000);
  const run = (onProgress?: (progress: RebuildProgress) => void) =>
    rebuild({
      log: testLog.log,
      readModel: { connectionString: postgres.connectionString },
      keep: forEver,
      ...(onProgress === undefined ? {} : { onProgress }),
    });
  const query = (sql: string) => readModel.dataSource.query(sql);

  it('gives equal rows, whatever had become of the tables, and says how far it is', async () => {
    const life = endpointLife('wh_1');
    await testLog.append(
      'control',
      0,
      aFact(life.created()),
      aFact(life.failed({ partition: 0, offset: 1 })),
    );
    await happened(0, DELIVERIES);
    await caughtUp();
    const before = await dump(readModel);
    expect(before['deliveries']).toHaveLength(DELIVERIES);

    await query(`DELETE FROM deliveries WHERE event_id LIKE '%1'`);
    await query(`UPDATE deliveries SET status = 'held', chain = 99`);
    await query(`UPDATE endpoint_days SET delivered = delivered + 5`);
    await query(`UPDATE events SET duplicates = 7`);
    await query('DELETE FROM attempts');
    const progress: RebuildProgress[] = [];
    const replayed = await run((each) => progress.push(each));

    expect(await dump(readModel)).toEqual(before);
    expect(progress.at(-1)).toEqual({ done: replayed, total: replayed });
    expect(progress.length).toBeGreaterThan(5);
    const drift = await readModel.dataSource.driver.createSchemaBuilder().log();
    expect(drift.upQueries).toEqual([]);
  }, 60_000);

  it('leaves dashboards their views, over the new tables, and roles what they were granted on them', async () => {
    await happened(0, 100);
    await caughtUp();
    const count = async () =>
      (await query('SELECT sum(deliveries)::int AS n FROM hyperhook_views.deliveries_by_hour'))[0]?.n;
    await query('DROP ROLE IF EXISTS looks_on');
    await query('CREATE ROLE looks_on');
    await query('GRANT USAGE ON SCHEMA hyperhook_views TO looks_on');
    await query('GRANT SELECT ON hyperhook_views.backlog TO looks_on');
    // The log's clock is of the day that the records tell.
    await query(`UPDATE deliveries SET created_at = now()`);
    expect(await count()).toBe(100);
    await query('DELETE FROM deliveries');
    await run();
    await query(`UPDATE deliveries SET created_at = now()`);
    expect(await count()).toBe(100);
    const [granted] = await query(
      `SELECT has_table_privilege('looks_on', 'hyperhook_views.backlog', 'SELECT') AS reads,
        (SELECT count(*)::int FROM pg_namespace WHERE nspname LIKE '%rebuild%') AS left_over`,
    );
    expect(granted).toEqual({ reads: true, left_over: 0 });
    await query('DROP OWNED BY looks_on');
    await query('DROP ROLE looks_on');
  }, 60_000);

  it('goes on beside a running projector, which goes on after it', async () => {
    await happened(0, 600);
    await caughtUp();
    await query('DELETE FROM attempts');
    const done = run();
    for (let n = 600; n < 1_000; n += 20) await happened(n, n + 20);
    await done;
    await happened(1_000, 1_200);
    await caughtUp();
    const rows = await dump(readModel);
    expect(rows['deliveries']).toHaveLength(1_200);
    const [sums] = await query(
      'SELECT sum(attempts)::int AS attempts, sum(delivered)::int AS delivered FROM endpoint_days',
    );
    expect(sums).toEqual({ attempts: 1_600, delivered: 1_200 });
    expect(rows['attempts']).toHaveLength(1_600);
  }, 60_000);

  it('leaves as they are the rows that the log no longer holds', async () => {
    await happened(0, DELIVERIES);
    await caughtUp();
    const before = await dump(readModel);
    testLog.store.truncate('events', 0, 500);
    testLog.store.truncate('events', 1, 700);
    testLog.store.truncate('outcomes', 0, 601);
    testLog.store.truncate('outcomes', 1, 400);
    await query(`UPDATE events SET duplicates = 7 WHERE log_partition = 1 AND log_offset >= 700`);
    await query(`DELETE FROM attempts WHERE log_partition = 0 AND log_offset >= 601`);
    await run();
    const after = await dump(readModel);
    for (const table of Object.keys(before)) expect([table, after[table]]).toEqual([table, before[table]]);
  }, 60_000);

  it('changes nothing when it is broken off', async () => {
    await happened(0, 300);
    await caughtUp();
    const before = await dump(readModel);
    const options = {
      log: testLog.log,
      readModel: { connectionString: postgres.connectionString },
      keep: forEver,
    };
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(rebuild({ ...options, signal })).rejects.toThrow('enough');
    expect(await dump(readModel)).toEqual(before);
    await run();
    expect(await dump(readModel)).toEqual(before);
  }, 60_000);
});
