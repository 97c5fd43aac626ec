import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openReadModel, type Keep, type ReadModel } from '#read-model';
import { eventually } from '#testkit';
import { startTestPostgres, type TestPostgres } from '../../../libs/read-model/fixtures/test-postgres.ts';
import {
  aFact,
  aLog,
  anEvent,
  anOutcome,
  endpointLife,
  NOON,
  retry,
  uuidOf,
  type TestLog,
} from '../fixtures/history.ts';
import { startedProjector } from '../fixtures/started-projector.ts';
import { empty } from '../fixtures/tables.ts';
import type { Projector } from './create-projector.ts';
import { rebuild } from './rebuild.ts';

const forEver: Keep = { bodiesMs: null, deliveriesMs: null };
const MINUTE = 60_000;

describe('what the tables keep', () => {
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

  const now = () => testLog.log.now();
  const count = async (table: string): Promise<number> => {
    const [row] = await readModel.dataSource.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM ${table}`,
    );
    return row?.count ?? -1;
  };
  const caughtUp = () =>
    eventually(async () => {
      const { positions } = await readModel.queries.stats();
      for (const topic of ['control', 'events', 'outcomes'] as const) {
        const ends = await testLog.log.endOffsets(topic);
        for (const [partition, end] of ends.entries()) {
          const found = positions.find((row) => row.topic === topic && row.partition === partition);
          expect(found?.nextOffset ?? 0).toBe(end);
        }
      }
    }, 10_000);
  const rebuilt = (keep = forEver) =>
    rebuild({ log: testLog.log, readModel: { connectionString: postgres.connectionString }, keep });
  const bodyOf = async (id: string, tenantId = 'acme') => {
    const found = await readModel.queries.getEvent(tenantId, id);
    return found?.event.body === null ? null : found && Buffer.from(found.event.body).toString();
  };

  /** One event each: delivered at the second attempt; still pending; wanted by nobody. And one of another tenant beside them. */
  async function happened(tenantId = 'acme', prefix = ''): Promise<void> {
    const [done, open, lone] = ['done', 'open', 'lone'].map((name) => prefix + name) as [
      string,
      string,
      string,
    ];
    await testLog.append('events', 0, ...[done, open, lone].map((id) => anEvent(id, { tenantId })));
    await testLog.append(
      'outcomes',
      0,
      anOutcome({ tenantId, eventId: done }, retry(2, 1)),
      anOutcome({ tenantId, eventId: done }, { kind: 'delivered' }, { attempt: 2 }),
      anOutcome({ tenantId, eventId: open }, retry(2, 1)),
    );
    await caughtUp();
  }

  describe('by time', () => {
    it('bodies go first: rows stay, and say that there is no body any more', async () => {
      await happened();
      const keep = { bodiesMs: MINUTE, deliveriesMs: null };
      expect(await readModel.sweep(keep, now())).toMatchObject({ values: 0 });
      expect(await bodyOf('done')).toContain('done');
      const rows = await count('record_values');
      expect(rows).toBeGreaterThan(0);
      expect(await readModel.sweep(keep, now() + 2 * MINUTE)).toMatchObject({ values: rows, deliveries: 0 });
      expect(await count('record_values')).toBe(0);
      expect(await bodyOf('done')).toBeNull();
      const { attempts } = (await readModel.queries.getDelivery('acme', uuidOf('done', 'wh_1')))!;
      expect(attempts).toMatchObject([
        { statusCode: 500, responseBody: null },
        { statusCode: 200, url: null },
      ]);
    });

    it('settled deliveries go with their attempts, then events; what is open stays, and so do counters', async () => {
      await happened();
      const days = await count('endpoint_days');
      const keep = { bodiesMs: null, deliveriesMs: MINUTE };
      expect(await readModel.sweep(keep, NOON)).toMatchObject({ deliveries: 0, events: 0 });
      expect(await readModel.sweep(keep, NOON + 2 * MINUTE)).toMatchObject({ deliveries: 1, events: 2 });
      expect(await readModel.queries.getDelivery('acme', uuidOf('done', 'wh_1'))).toBeUndefined();
      expect(await readModel.queries.getDelivery('acme', uuidOf('open', 'wh_1'))).toMatchObject({
        delivery: { status: 'pending' },
        attempts: [{ attempt: 1 }],
      });
      expect(await bodyOf('open')).toContain('open');
      expect(await count('attempts')).toBe(1);
      expect(await count('endpoint_days')).toBe(days);
      expect(days).toBeGreaterThan(0);
    });

    it('what was sent again of late stays, however old its event is', async () => {
      await happened();
      const again = { eventId: 'done', chain: 7, askedBy: 'replay' as const };
      await testLog.append(
        'outcomes',
        0,
        anOutcome(again, { kind: 'delivered' }, { at: NOON + 10 * MINUTE }),
      );
      await caughtUp();
      await readModel.sweep({ bodiesMs: null, deliveriesMs: MINUTE }, NOON + 2 * MINUTE);
      expect(await readModel.queries.getDelivery('acme', uuidOf('done', 'wh_1'))).toBeDefined();
    });

    it('does not come back by a rebuild', async () => {
      await happened();
      // By the log's clock all of it is old: its events were accepted at a noon long ago, or ahead.
      const keep = { bodiesMs: null, deliveriesMs: MINUTE };
      const old = now() > NOON + 2 * MINUTE;
      await rebuilt(keep);
      expect((await readModel.queries.getDelivery('acme', uuidOf('done', 'wh_1'))) === undefined).toBe(old);
      expect(await readModel.queries.getDelivery('acme', uuidOf('open', 'wh_1'))).toBeDefined();
    });

    it('goes in as many statements as it takes, whatever their number', async () => {
      const ids = Array.from({ length: 2_300 }, (_, n) => `e${n}`);
      await testLog.append(
        'outcomes',
        0,
        ...ids.map((eventId) => anOutcome({ eventId }, { kind: 'delivered' })),
      );
      await caughtUp();
      const keep = { bodiesMs: null, deliveriesMs: MINUTE };
      const [one, other] = await Promise.all([
        readModel.sweep(keep, NOON + 2 * MINUTE),
        readModel.sweep(keep, NOON + 2 * MINUTE),
      ]);
      expect(one.deliveries + other.deliveries).toBe(ids.length);
      expect(await count('attempts')).toBe(0);
    }, 30_000);
  });

  describe('of what is asked to be erased', () => {
    const erase = (eventIds: readonly string[] | null, tenantId = 'acme') =>
      testLog.append('control', 0, aFact({ type: 'data.erased', tenantId, eventIds, at: NOON }));

    it('nothing is left, and what stands beside it is untouched, packed together as they are', async () => {
      await happened();
      await happened('globex', 'g-');
      await erase(['done', 'lone', 'never was']);
      await caughtUp();
      expect(await readModel.sweep(forEver, NOON)).toMatchObject({ erased: 3 });
      for (const id of ['done', 'lone']) expect(await readModel.queries.getEvent('acme', id)).toBeUndefined();
      expect(await readModel.queries.getDelivery('acme', uuidOf('done', 'wh_1'))).toBeUndefined();
      expect(await bodyOf('open')).toBe('{"id":"open"}');
      expect(await bodyOf('g-done', 'globex')).toBe('{"id":"g-done"}');
      const { attempts } = (await readModel.queries.getDelivery('globex', uuidOf('g-done', 'wh_1')))!;
      expect(attempts.map(({ url }) => url)).toEqual(Array(2).fill('https://example.com/hook'));
      expect(await held('"done"')).toBe(false);
      expect(await held('"g-done"')).toBe(true);
    });

    it('comes back by no rebuild, and by no projector that is behind', async () => {
      await erase(['done']);
      await caughtUp();
      await readModel.sweep(forEver, NOON);
      // Folded after the fact that asked for its erasure.
      await happened();
      expect(await readModel.sweep(forEver, NOON)).toMatchObject({ erased: 2 });
      await rebuilt();
      expect(await readModel.queries.getEvent('acme', 'done')).toBeUndefined();
      expect(await held('"done"')).toBe(false);
      expect(await bodyOf('open')).toContain('open');
    });

    it('is everything of a tenant; of one that is deleted also its names and URLs', async () => {
      const life = endpointLife('wh_1');
      await testLog.append(
        'control',
        0,
        aFact({
          type: 'tenant.created',
          tenantId: 'acme',
          version: 1,
          at: NOON,
          name: 'Acme of Somebody',
          contract: 'hyprwatch',
          attributes: { who: 'Somebody' },
          secret: null,
          entitled: true,
        }),
        aFact(life.created()),
      );
      await happened();
      await happened('globex', 'g-');
      await erase(null);
      await caughtUp();
      await readModel.sweep(forEver, NOON);
      expect([await count('events'), await count('deliveries')]).toEqual([3, 2]);
      const named = () => readModel.dataSource.query(`SELECT name FROM tenants WHERE name <> ''`);
      // It is still there, and goes by its name.
      expect(await named()).toHaveLength(1);
      await testLog.append(
        'control',
        0,
        aFact({ type: 'tenant.deleted', tenantId: 'acme', version: 2, at: NOON }),
      );
      await caughtUp();
      // Years later too: what control brings back goes again.
      await readModel.sweep(forEver, NOON + 900 * 86_400_000);
      expect(await named()).toHaveLength(0);
      expect(await readModel.dataSource.query(`SELECT url FROM endpoints WHERE url <> ''`)).toHaveLength(0);
    });

    it('can be found by a value in its body', async () => {
      const people = ['a@x.test', 'b@x.test', 'a@x.test'];
      await testLog.append(
        'events',
        0,
        ...people.map((email, n) =>
          anEvent(`p${n}`, { body: JSON.stringify({ data: { to: [{ 'e/mail': email }] } }) }),
        ),
      );
      await caughtUp();
      const find = (pointer: string, limit = 10) =>
        readModel.queries.findEvents('acme', { pointer, equals: 'a@x.test' }, limit);
      expect(await find('/data/to/0/e~1mail')).toEqual(['p0', 'p2']);
      expect(await find('/data/to/0/e~1mail', 1)).toEqual(['p0']);
      expect(await find('/data/to/1/e~1mail')).toEqual([]);
      expect(await find('/data/to/0/constructor')).toEqual([]);
    });
  });

  /** Is this text anywhere in the packed values? */
  async function held(text: string): Promise<boolean> {
    const { unpacked } = await import('../../../libs/read-model/src/values/packed-values.ts');
    const rows = await readModel.dataSource.query<
      { first_offset: string; packing: number; packed: Buffer }[]
    >('SELECT first_offset, packing, packed FROM record_values');
    return rows.some((row) =>
      unpacked(row.packing, Number(row.first_offset), row.packed).some(({ value }) =>
        Buffer.from(value).toString().includes(text),
      ),
    );
  }
});
