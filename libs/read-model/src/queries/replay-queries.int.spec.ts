import type { ReplaySelection } from '#domain';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestPostgres, type TestPostgres } from '../../fixtures/test-postgres.ts';
import type { DeliveryRow } from '../entities/delivery-row.ts';
import { openReadModel, type ReadModel } from '../open-read-model.ts';
import type { ReplayCandidate } from './replay-queries.ts';
import type { ReplayBounds } from './replay-sql.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const START = NOON + 1_000_000;
const COUNT = 120;

/** Every seventh shares its time with the one before, so that only the id orders them. */
const delivery = (n: number, more: Partial<DeliveryRow> = {}): DeliveryRow => ({
  id: uuid(n),
  tenantId: 'acme',
  endpointId: `wh_${n % 2}`,
  eventId: `evt_${String(n).padStart(3, '0')}`,
  eventType: n % 4 === 0 ? 'host.online' : 'host.offline',
  status: (['failed', 'delivered', 'expired'] as const)[n % 3]!,
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
  updatedAt: NOON + 1_000 + n,
  lastChain: 0,
  lastAttempt: 1,
  lastStatusCode: 500,
  lastError: null,
  lastDurationMs: 3,
  partition: 0,
  eventOffset: n,
  headTopic: 'outcomes',
  headOffset: n,
  ...more,
});

const everything: ReplaySelection = {
  what: 'deliveries',
  endpointId: null,
  types: [],
  statuses: ['failed', 'expired', 'cancelled', 'delivered'],
  since: null,
  until: null,
  terms: [],
};
const bounds = (selection: Partial<ReplaySelection>, chain: number | null = null): ReplayBounds => ({
  tenantId: 'acme',
  selection: { ...everything, ...selection },
  startedAt: START,
  chain,
});

describe('the tables as a replay looks at them', () => {
  let postgres: TestPostgres;
  let readModel: ReadModel;
  const rows = Array.from({ length: COUNT }, (_, n) => delivery(n));
  const odd: readonly DeliveryRow[] = [
    delivery(500, { tenantId: 'other', createdAt: NOON }),
    delivery(501, { test: true, eventOffset: null }),
    // Failed after the job began.
    delivery(502, { updatedAt: START + 1, status: 'failed' }),
    // Its event is gone.
    delivery(503, { status: 'failed', createdAt: NOON + 503 }),
    delivery(504, { status: 'held', term: 2, createdAt: NOON + 504 }),
    delivery(505, { status: 'held', term: 3, createdAt: NOON + 505 }),
  ];

  const event = ({ tenantId, eventId, eventType, createdAt }: DeliveryRow, offset: number) => ({
    tenantId,
    id: eventId,
    type: eventType,
    contract: 'hyprwatch',
    occurredAt: NOON - (offset % 2),
    acceptedAt: createdAt,
    slot: null,
    partition: 0,
    offset,
  });
  const apply = (from: number | null, to: number, deliveries: readonly DeliveryRow[]) =>
    readModel.store.apply([
      { projection: 'test', topic: 'outcomes', partition: 0, from, to, changes: { deliveries } },
    ]);

  beforeAll(async () => {
    postgres = await startTestPostgres();
    readModel = await openReadModel({ connectionString: postgres.connectionString });
    await readModel.migrate();
    await apply(null, 600, [...rows, ...odd]);
    const nobody = [700, 701].map((n) => delivery(n, { createdAt: NOON + n }));
    const told = [...rows, ...nobody];
    await readModel.store.apply([
      {
        projection: 'test',
        topic: 'events',
        partition: 0,
        from: null,
        to: 800,
        changes: {
          events: told.map(event),
          values: told.map(({ eventId }, offset) => ({ offset, value: Buffer.from(eventId), at: 0 })),
        },
      },
      {
        projection: 'test',
        topic: 'deliveries',
        partition: 0,
        from: null,
        to: 5,
        changes: {
          unmatched: [{ tenantId: 'acme', eventId: 'evt_700', at: NOON, partition: 0, offset: 1 }],
        },
      },
    ]);
  }, 30_000);
  afterAll(async () => {
    await readModel?.close();
    await postgres?.stop();
  });

  /** All of them, over many pages. */
  async function all(of: ReplayBounds, limit = 7): Promise<ReplayCandidate[]> {
    const found: ReplayCandidate[] = [];
    for (;;) {
      const page = await readModel.queries.replayPage(of, found.at(-1)?.place ?? null, limit);
      found.push(...page);
      if (page.length < limit) return found;
    }
  }
  const ids = (found: readonly ReplayCandidate[]) => found.map(({ deliveryId }) => deliveryId);
  const inOrder = (wanted: readonly DeliveryRow[]) =>
    wanted.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)).map(({ id }) => id);
  const counted = async (of: ReplayBounds) =>
    (await readModel.queries.replayTally(of, null)).reduce((sum, { count }) => sum + count, 0);

  it.each<[string, Partial<ReplaySelection>, (row: DeliveryRow) => boolean]>([
    ['everything', {}, () => true],
    ['by status', { statuses: ['failed', 'expired'] }, ({ status }) => status !== 'delivered'],
    ['by webhook', { endpointId: 'wh_1' }, ({ endpointId }) => endpointId === 'wh_1'],
    ['by type', { types: ['host.online'] }, ({ eventType }) => eventType === 'host.online'],
    [
      'by time of acceptance',
      { since: NOON + 50, until: NOON + 99 },
      ({ createdAt }) => createdAt >= NOON + 50 && createdAt <= NOON + 99,
    ],
    [
      'by time of the failing',
      { what: 'failed', statuses: ['failed'], since: NOON + 1_060 },
      ({ status, updatedAt }) => status === 'failed' && updatedAt >= NOON + 1_060,
    ],
  ])('selects %s, in order, over pages, and counts as many', async (_, selection, isWanted) => {
    const gone = odd.filter(({ id }) => id === uuid(503));
    const wanted = inOrder([...rows, ...gone].filter(isWanted));
    expect(wanted.length).toBeGreaterThan(5);
    expect(ids(await all(bounds(selection)))).toEqual(wanted);
    // The same once it has begun: nothing has its number yet.
    expect(ids(await all(bounds(selection, 9)))).toEqual(wanted);
    expect(await counted(bounds(selection))).toBe(wanted.length);
  });

  it('comes with the event as accepted; null where it is no longer kept', async () => {
    const found = await all(bounds({}));
    expect(Buffer.from(found[0]!.event!.body).toString()).toBe('evt_000');
    expect(found[0]).toMatchObject({
      eventId: 'evt_000',
      eventOffset: 0,
      event: { slot: null, occurredAt: NOON },
    });
    expect(found.find(({ deliveryId }) => deliveryId === uuid(503))?.event).toBeNull();
  });

  it('tells apart what decides: the endpoint, an event that is gone, one that is too old', async () => {
    const tally = await readModel.queries.replayTally(bounds({ statuses: ['failed'] }), NOON);
    const sum = (is: (one: (typeof tally)[number]) => boolean) =>
      tally.filter(is).reduce((so, { count }) => so + count, 0);
    expect(sum(({ isKept }) => !isKept)).toBe(1);
    expect(sum(({ isTooOld }) => isTooOld)).toBe(20);
    expect(sum(({ endpointId }) => endpointId === 'wh_0')).toBe(20);
  });

  it('selects what is held by the terms it was held under', async () => {
    expect(ids(await all(bounds({ what: 'held', terms: [2] })))).toEqual([uuid(504)]);
    expect(ids(await all(bounds({ what: 'held', terms: [2, 3] })))).toEqual([uuid(504), uuid(505)]);
    expect(ids(await all(bounds({ what: 'held', terms: [] })))).toEqual([]);
    expect(await readModel.queries.heldCount('wh_0')).toBe(1);
  });

  it('selects events that an endpoint has no delivery of, and says whether fan-out is through', async () => {
    const found = await all(
      bounds({ what: 'missed', endpointId: 'wh_1', statuses: [], types: ['host.online'] }),
    );
    // Those of wh_0 (every second is of the other type), and what nobody wanted.
    expect(found.map(({ eventId }) => eventId)).toEqual([
      ...rows
        .filter(({ eventType }) => eventType === 'host.online')
        .toSorted((a, b) => a.createdAt - b.createdAt || (a.eventId < b.eventId ? -1 : 1))
        .map(({ eventId }) => eventId),
      'evt_700',
    ]);
    const offline = await all(
      bounds({ what: 'missed', endpointId: 'wh_new', statuses: [], since: NOON + 600 }),
    );
    expect(offline.map(({ eventId, isFannedOut, deliveryId }) => [eventId, isFannedOut, deliveryId])).toEqual(
      [
        ['evt_700', true, null],
        ['evt_701', false, null],
      ],
    );
  });

  it('finds what the job itself has asked for, whatever became of it, and leaves out what others have since', async () => {
    const failed = inOrder(rows.filter(({ status }) => status === 'failed'));
    const [mine = '', theirs = ''] = failed;
    const asked = (id: string, chain: number) => {
      const row = rows.find((one) => one.id === id)!;
      return { ...row, chain, status: 'delivered' as const, updatedAt: START + 5 };
    };
    await apply(600, 601, [asked(mine, 900), asked(theirs, 950)]);
    const found = await all(bounds({ statuses: ['failed'] }, 900));
    expect(ids(found)).toEqual([...failed.filter((id) => id !== theirs), uuid(503)]);
    expect(found[0]).toMatchObject({ deliveryId: mine, chain: 900 });
    expect(await readModel.queries.chainCounts('acme', 900)).toEqual(new Map([['delivered', 1]]));
    expect(await readModel.queries.chainCounts('other', 900)).toEqual(new Map());
  });

  it('knows how far the tables have got', async () => {
    expect(await readModel.queries.projectedTo(0)).toEqual(
      new Map([
        ['deliveries', 5],
        ['events', 800],
        ['outcomes', 601],
      ]),
    );
    expect(await readModel.queries.projectedTo(7)).toEqual(new Map());
  });
});
