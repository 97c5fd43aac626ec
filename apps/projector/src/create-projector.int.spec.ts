import { openReadModel, openReadModelLater, type ReadModel } from '#read-model';
import { eventually } from '#testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestPostgres, type TestPostgres } from '../../../libs/read-model/fixtures/test-postgres.ts';
import { aLog, anEvent, anOutcome, NOON, type TestLog } from '../fixtures/history.ts';
import { watched, type Watched } from '../fixtures/quiet.ts';
import { dump, empty } from '../fixtures/tables.ts';
import { createProjector, type Projector, type ProjectorOptions } from './create-projector.ts';

describe('the projector', () => {
  let postgres: TestPostgres;
  let readModel: ReadModel;
  let testLog: TestLog;
  let seen: Watched;
  const running: Projector[] = [];

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
    seen = watched();
  });
  afterEach(async () => {
    for (const projector of running.splice(0)) await projector.stop();
    await testLog.log.close();
  });

  const start = async (over: Partial<ProjectorOptions> = {}) => {
    const { logger, metrics } = seen;
    const onCrash = (error: Error) => {
      throw error;
    };
    const projector = createProjector({ log: testLog.log, readModel, logger, metrics, onCrash, ...over });
    running.push(projector);
    await projector.start();
    return projector;
  };
  const events = async () =>
    (await readModel.dataSource.query<{ n: number }[]>('SELECT count(*)::int n FROM events'))[0]!.n;
  const many = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => anEvent(`evt_${from + index}`));

  it('makes an outcome visible within 100 ms of its append', async () => {
    await start();
    await testLog.append('events', 0, anEvent('evt_warm'));
    await eventually(async () => expect(await events()).toBe(1));
    // The best of some: the machine may be busy with something else for one of them.
    const took = [];
    for (let n = 1; n <= 5; n += 1) {
      const began = performance.now();
      await testLog.append('outcomes', 1, anOutcome({ eventId: `evt_${n}` }, { kind: 'delivered' }));
      await eventually(async () => {
        expect((await readModel.queries.listDeliveries('acme', {})).items).toHaveLength(n);
      });
      took.push(performance.now() - began);
    }
    expect(Math.min(...took)).toBeLessThan(100);
  });

  it('writes a backlog in large transactions, and knows where to go on', async () => {
    await testLog.append('events', 0, ...many(0, 3_000));
    const first = await start();
    await eventually(async () => expect(await events()).toBe(3_000));
    expect(seen.counted.transactions).toBeLessThan(30);
    await first.stop();

    await testLog.append('events', 0, ...many(3_000, 3_010));
    const before = seen.counted.applied;
    await start();
    await eventually(async () => expect(await events()).toBe(3_010));
    expect(seen.counted.applied - before).toBe(10);
  });

  it('keeps every record when what waits in memory is capped', async () => {
    await testLog.append('events', 0, ...many(0, 500));
    await start({ caps: { laneRecords: 20, laneBytes: 5_000, totalBytes: 5_000 } });
    await testLog.append('events', 0, ...many(500, 1_000));
    await eventually(async () => expect(await events()).toBe(1_000));
  });

  it('waits while the database is away, says so, and goes on without losing or repeating a row', async () => {
    const projector = await start();
    await testLog.append('events', 0, anEvent('evt_before'));
    await eventually(async () => expect(await events()).toBe(1));
    await postgres.kill();
    await testLog.append('events', 0, ...many(0, 50));
    await testLog.append('outcomes', 0, anOutcome({}, { kind: 'delivered' }));
    await eventually(() => expect(projector.health().status).toBe('degraded'));
    expect(seen.counted.down).toEqual([true]);
    await postgres.restart();
    await eventually(async () => expect(await events()).toBe(51), 20_000);
    await eventually(() => expect(projector.health()).toEqual({ status: 'up', detail: null }), 20_000);
    const { total } = (await readModel.queries.endpointCounters(['wh_1'], { now: NOON })).get('wh_1')!;
    expect(total).toMatchObject({ attempts: 1, delivered: 1 });
  }, 60_000);

  it('starts while the database is away', async () => {
    await postgres.kill();
    await testLog.append('events', 0, anEvent('evt_1'));
    const projector = await start();
    await eventually(() => expect(projector.health().status).toBe('degraded'));
    await postgres.restart();
    await eventually(async () => expect(await events()).toBe(1), 20_000);
  }, 60_000);

  it('starts where the database has never been reached, and makes its tables once it is', async () => {
    await postgres.kill();
    const options = { connectionString: postgres.connectionString, schema: 'fresh' };
    const later = openReadModelLater(options);
    await testLog.append('events', 0, anEvent('evt_1'));
    const projector = await start({ readModel: later });
    await eventually(() => expect(projector.health().status).toBe('degraded'));
    expect(later.current()).toBeUndefined();
    await postgres.restart();
    await eventually(async () => {
      expect((await later.current()?.queries.listEvents(null, {}))?.items).toHaveLength(1);
    }, 20_000);
    await projector.stop();
    await later.close();
  }, 60_000);

  it('quarantines what nobody can read and what no table can hold, once and by position, and goes on', async () => {
    await testLog.append('events', 1, anEvent('evt_0'));
    const bad = { key: null, headers: { 'schema-version': '1' }, value: Buffer.from('?') };
    await testLog.append('events', 1, bad);
    // Readable, but no UUID: PostgreSQL refuses it in the middle of a batch.
    await testLog.append(
      'outcomes',
      1,
      ...[1, 2, 3, 4, 5].map((n) =>
        anOutcome(
          { eventId: `evt_${n}`, ...(n === 3 ? { deliveryId: 'no uuid' } : {}) },
          { kind: 'delivered' },
        ),
      ),
    );
    await testLog.append('events', 1, anEvent('evt_9'));
    await start();
    await eventually(async () => {
      const { items } = await readModel.queries.listQuarantine({});
      expect(items.map(({ topic, partition, offset, reason }) => [topic, partition, offset, reason])).toEqual(
        expect.arrayContaining([
          ['events', 1, 1, expect.stringMatching(/header/)],
          ['outcomes', 1, 2, expect.stringMatching(/uuid|delivery/i)],
        ]),
      );
      expect(items).toHaveLength(2);
      expect(await events()).toBe(2);
      expect((await readModel.queries.listDeliveries(null, {})).items).toHaveLength(4);
    });
    expect(await testLog.all('quarantine', 0)).toHaveLength(2);
    expect(seen.counted.quarantined).toBe(2);
  });

  it('stops a partition at a record of a newer release, with an alert, and no other', async () => {
    const { headers, ...rest } = anEvent('evt_2');
    const newer = { ...rest, headers: { ...headers, 'schema-version': '2' } };
    await testLog.append('events', 0, anEvent('evt_1'), newer, anEvent('evt_3'));
    await testLog.append('events', 1, anEvent('evt_4', { tenantId: 'other' }));
    const projector = await start();
    await eventually(() => expect(projector.health().detail).toBe('records of a newer release in events/0'));
    await eventually(async () => expect(await events()).toBe(2));
    expect(seen.counted.stopped).toEqual(['events/0 true']);
    expect((await readModel.queries.stats()).positions).toContainEqual(
      expect.objectContaining({ topic: 'events', partition: 0, nextOffset: 1 }),
    );
  });

  it('applies each record once when two projectors believe to own the same partition', async () => {
    await testLog.append('events', 0, ...many(0, 400));
    await testLog.append('outcomes', 0, ...many(0, 0), anOutcome({}, { kind: 'delivered' }));
    // A second log view with a group of its own: nobody tells them about each other.
    const other = await aLog();
    for (const topic of ['events', 'outcomes'] as const)
      await other.append(topic, 0, ...(await testLog.all(topic, 0)));
    await Promise.all([start(), start({ log: other.log })]);
    await testLog.append('events', 0, ...many(400, 600));
    await other.append('events', 0, ...many(400, 600));
    await eventually(async () => expect(await events()).toBe(600));
    for (const projector of running.splice(0)) await projector.stop();
    await other.log.close();
    const rows = await dump(readModel);
    expect(rows['events']!.filter((row) => !row.includes('"duplicates": 0'))).toEqual([]);
    expect(rows['endpoint_days']).toEqual([expect.stringContaining('"delivered": 1')]);
  });

  it('goes back with the table when its position was moved back', async () => {
    await testLog.append('events', 0, ...many(0, 20));
    await start();
    await eventually(async () => expect(await events()).toBe(20));
    await empty(readModel);
    await testLog.append('events', 0, anEvent('evt_20'));
    await eventually(async () => expect(await events()).toBe(21));
  });
});
