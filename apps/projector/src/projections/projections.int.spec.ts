import type { Decision } from '#domain';
import { encodeKeyUses, type Encoded, type LogRecord, type TopicName } from '#log';
import { openReadModel, type ReadModel } from '#read-model';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { startTestPostgres, type TestPostgres } from '../../../../libs/read-model/fixtures/test-postgres.ts';
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
} from '../../fixtures/history.ts';
import { dump, empty } from '../../fixtures/tables.ts';
import { gathered, projections } from './projection.ts';

interface Lane {
  readonly topic: TopicName;
  readonly partition: number;
  readonly records: readonly LogRecord[];
}

/** Six deliveries over two days: retries, deferral, copies, a replay, a hold and its release, tests. */
async function aHistory({ append }: TestLog): Promise<void> {
  const life = endpointLife('wh_1');
  await append(
    'control',
    0,
    aFact({ type: 'installation.created', partitions: 2, timeScale: 1, at: NOON }),
    aFact({
      type: 'tenant.created',
      tenantId: 'acme',
      name: 'Acme',
      contract: 'hyprwatch',
      attributes: {},
      secret: null,
      entitled: true,
      version: 1,
      at: NOON,
    }),
    aFact(life.created()),
    aFact(life.failed({ partition: 0, offset: 0 })),
    aFact(life.enabled('release', { partition: 0, offset: 0 })),
    aFact(endpointLife('wh_2').created()),
    aFact({ type: 'tenant.deleted', tenantId: 'acme', version: 2, at: NOON + 5 }),
  );
  const outcomes: Encoded[] = [];
  for (let n = 0; n < 6; n += 1) {
    const ref = { eventId: `evt_${n}`, endpointId: n % 2 === 0 ? 'wh_1' : 'wh_2', eventOffset: n };
    const at = NOON + n * 9 * 3_600_000;
    await append(
      'events',
      0,
      anEvent(ref.eventId),
      ...(n === 3 ? [anEvent(ref.eventId, { body: '{"later":1}' })] : []),
    );
    const deferred: Decision = { kind: 'deferred', next: { attempt: 1, step: 1, dueAt: at, hops: ['4s'] } };
    outcomes.push(anOutcome(ref, deferred, { at }));
    outcomes.push(anOutcome(ref, retry(2, 2), { at, step: 1 }));
    if (n === 1) outcomes.push(anOutcome(ref, retry(2, 2), { at: at + 1, step: 1 }, { status: 503 }));
    outcomes.push(
      anOutcome(ref, n === 2 ? { kind: 'held' } : { kind: 'delivered' }, { at, attempt: 2, step: 2 }),
    );
    if (n === 2 || n === 4) {
      const asked = { ...ref, chain: 10 + n, askedBy: n === 2 ? ('release' as const) : ('replay' as const) };
      await append('deliveries', 0, anAsked(asked), anAsked(asked));
      outcomes.push(anOutcome(asked, { kind: 'failed', reason: 'gone', disables: true }, { at: at + 9 }));
    }
  }
  outcomes.push(
    anOutcome({ eventId: 'test', askedBy: 'test', chain: 40, eventOffset: null }, { kind: 'delivered' }),
  );
  await append('outcomes', 0, ...outcomes);
  const used = (at: number, uses: Record<string, number>) => encodeKeyUses({ id: `u${at}`, at, uses });
  await append(
    'key-uses',
    0,
    used(NOON, { key_1: NOON + 9, key_2: NOON }),
    used(NOON + 1, { key_1: NOON + 3 }),
  );
}

describe('projections', () => {
  let postgres: TestPostgres;
  let readModel: ReadModel;
  let lanes: Lane[];

  beforeAll(async () => {
    postgres = await startTestPostgres();
    readModel = await openReadModel({ connectionString: postgres.connectionString });
    await readModel.migrate();
    const testLog = await aLog();
    await aHistory(testLog);
    lanes = await Promise.all(
      [...projections.keys()].map(async (topic) => ({
        topic,
        partition: 0,
        records: await testLog.all(topic, 0),
      })),
    );
  }, 30_000);
  afterAll(async () => {
    await readModel?.close();
    await postgres?.stop();
  });
  beforeEach(() => empty(readModel));

  const apply = async ({ topic, partition, records }: Lane, from: number, to: number) => {
    const decoded = records.slice(from, to).map((record) => projections.get(topic)!(record));
    return readModel.store.apply([
      {
        projection: 'projections',
        topic,
        partition,
        from: from === 0 ? null : from,
        to,
        changes: gathered(decoded.map((each) => (each.ok ? each.value : {}))),
      },
    ]);
  };

  it('give the same rows whatever the order of topics and the size of slices, also when slices come twice', async () => {
    for (const lane of lanes) {
      for (let at = 0; at < lane.records.length; at += 1) await apply(lane, at, at + 1);
    }
    const expected = await dump(readModel);
    expect(expected['deliveries']).toHaveLength(7);

    const step = fc.record({
      lane: fc.nat(lanes.length - 1),
      size: fc.integer({ min: 1, max: 9 }),
      again: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        await empty(readModel);
        const at = lanes.map(() => 0);
        const rest = lanes.map((_, lane) => ({ lane, size: 100, again: true }));
        for (const { lane, size, again } of [...steps, ...rest]) {
          const from = at[lane]!;
          const to = Math.min(from + size, lanes[lane]!.records.length);
          if (from === to) continue;
          expect(await apply(lanes[lane]!, from, to)).toEqual({ applied: true });
          if (again) expect(await apply(lanes[lane]!, from, to)).toEqual({ applied: false, positions: [to] });
          at[lane] = to;
        }
        expect(await dump(readModel)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it('count each attempt once, by the day of its first outcome, and no tests', async () => {
    for (const lane of lanes) if (lane.records.length > 0) await apply(lane, 0, lane.records.length);
    const counters = await readModel.queries.endpointCounters(['wh_1', 'wh_2', 'wh_3'], {
      now: NOON + 3 * 86_400_000,
    });
    expect(counters.get('wh_1')!.total).toEqual({
      attempts: 7,
      failedAttempts: 5,
      delivered: 2,
      failed: 2,
      expired: 0,
      held: 1,
      cancelled: 0,
    });
    expect(counters.get('wh_2')!.total).toMatchObject({ attempts: 6, failedAttempts: 3, delivered: 3 });
    expect(counters.get('wh_2')!.days.map(({ day }) => day)).toEqual([
      '2026-11-20',
      '2026-11-21',
      '2026-11-22',
    ]);
    expect(counters.get('wh_3')).toMatchObject({ days: [], total: { attempts: 0 } });
  });

  it('keep the first content of an event and count its copies', async () => {
    for (const lane of lanes) if (lane.records.length > 0) await apply(lane, 0, lane.records.length);
    const found = await readModel.queries.getEvent('acme', 'evt_3');
    expect(Buffer.from(found!.event.body!).toString()).toBe('{"id":"evt_3"}');
    expect(found!.event.duplicates).toBe(1);
    expect(found!.deliveries).toHaveLength(1);
  });

  it('give a delivery the state of its last chain, and keep every attempt', async () => {
    for (const lane of lanes) if (lane.records.length > 0) await apply(lane, 0, lane.records.length);
    const { items } = await readModel.queries.listDeliveries('acme', { eventId: 'evt_2' });
    const found = await readModel.queries.getDelivery('acme', items[0]!.id);
    expect(found!.delivery).toMatchObject({
      status: 'failed',
      reason: 'gone',
      chain: 12,
      attempt: 1,
      askedBy: 'release',
      lastStatusCode: 500,
      createdAt: NOON,
    });
    expect(found!.attempts.map(({ chain, attempt, kind }) => [chain, attempt, kind])).toEqual([
      [0, 1, 'retry'],
      [0, 2, 'held'],
      [12, 1, 'failed'],
    ]);
    expect(Buffer.from(found!.attempts[0]!.responseBody!).toString()).toBe('no\0');
  });

  it('take an endpoint away with its tenant', async () => {
    for (const lane of lanes) if (lane.records.length > 0) await apply(lane, 0, lane.records.length);
    const rows = await readModel.dataSource.query(
      'SELECT id, status, term, deleted_at FROM endpoints ORDER BY id',
    );
    const deletedAt = new Date(NOON + 5);
    expect(rows).toEqual([
      { id: 'wh_1', status: 'active', term: 2, deleted_at: deletedAt },
      { id: 'wh_2', status: 'active', term: 1, deleted_at: deletedAt },
    ]);
    expect(await readModel.queries.stats()).toMatchObject({
      tenants: 0,
      endpoints: { active: 0 },
      open: { held: 0 },
    });
  });
});
