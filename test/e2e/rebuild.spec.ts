import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testkit';
import { CustomerServer } from '../support/customer-server.ts';
import type { EngineUnderTest, Query } from '../support/engine-under-test.ts';
import { openEngine } from '../support/open-engine.ts';

const EVENTS = 2_500;
const PER_REQUEST = 500;
const idOf = (n: number): string => `ev${String(n).padStart(19, '0')}`;

describe('npm run rebuild', () => {
  let engine: EngineUnderTest;
  // `/flaky` fails every second request, `/dead` fails all until it is mended.
  let mended = false;
  const server = new CustomerServer(({ path }, nth) => {
    if (path === '/dead') return mended ? 200 : 500;
    return path === '/flaky' && nth % 2 === 0 ? 503 : 200;
  });

  beforeAll(async () => {
    engine = await openEngine('rebuild', { HYPERHOOK_TIME_SCALE: '0.0005' });
  }, 180_000);

  afterAll(async () => {
    await engine?.remove();
    await server.close();
  }, 180_000);

  const settled = (query: string) =>
    eventually(async () => {
      const open = await engine.must<{ data: object[] }>('GET', `/deliveries?limit=1&${query}`);
      expect(open.data).toEqual([]);
    }, 180_000);

  it('gives the very rows again, over 10,000 deliveries', async () => {
    const base = await server.open();
    await engine.must('POST', '/tenants', { id: 'many', name: 'many', contract: 'hypertune' });
    for (const path of ['/a', '/b', '/c', '/flaky']) {
      await engine.must('POST', '/webhooks?tenant=many', { url: base + path });
    }
    for (let first = 0; first < EVENTS; first += PER_REQUEST) {
      const batch = Array.from({ length: PER_REQUEST }, (_, n) => ({
        id: idOf(first + n),
        type: 'COMMITTED',
        tenant: 'many',
        data: { n: first + n },
      }));
      await engine.must('POST', '/events', batch);
    }
    await everythingElse(engine, base, () => (mended = true));
    await settled('status=pending');
    await settled('status=held');
    const values = await valuesOf(engine);
    await engine.stop();

    const before = await engine.withTables(async (query) => {
      await query('CREATE SCHEMA before');
      const counts: Record<string, number> = {};
      for (const { table } of await tablesOf(query)) {
        await query(`CREATE TABLE before.${table} AS TABLE hyperhook.${table}`);
        const [row] = await query<{ count: number }>(
          `SELECT count(*)::integer AS count FROM before.${table}`,
        );
        counts[table] = row?.count ?? 0;
      }
      return counts;
    });
    expect(before['deliveries']).toBeGreaterThanOrEqual(10_000);
    // So that equal rows are none that were merely left standing.
    await engine.withTables((query) =>
      query(
        `UPDATE hyperhook.deliveries SET status = 'lost'; DELETE FROM hyperhook.attempts WHERE attempt = 1`,
      ),
    );

    const rebuilt = await engine.rebuild();
    expect(rebuilt).toMatchObject({ code: 0, stdout: expect.stringMatching(/^rebuilt from \d+ records in/) });

    const differing = await engine.withTables(async (query) => {
      const found: Record<string, number> = {};
      const tables = await tablesOf(query);
      expect(tables.map(({ table }) => table).toSorted()).toEqual(Object.keys(before).toSorted());
      for (const { table } of tables) {
        // When a position was last moved is no fact of the log.
        const columns = await columnsOf(query, table, table === 'projection_positions' ? ['updated_at'] : []);
        for (const [a, b] of [
          ['before', 'hyperhook'],
          ['hyperhook', 'before'],
        ]) {
          const [row] = await query<{ count: number }>(
            `SELECT count(*)::integer AS count FROM (
               SELECT ${columns} FROM ${a}.${table} EXCEPT ALL SELECT ${columns} FROM ${b}.${table}
             ) AS only_here`,
          );
          found[`${table} only in ${a}`] = row?.count ?? -1;
        }
      }
      return found;
    });
    process.stdout.write(
      `rebuild: ${before['deliveries']} deliveries, ${before['attempts']} attempts in ${rebuilt.seconds.toFixed(1)} s ` +
        `(${rebuilt.stdout.trim()})\n`,
    );
    expect(Object.entries(differing).filter(([, count]) => count !== 0)).toEqual([]);

    // The engine goes on from the new tables as if nothing had happened.
    await engine.start();
    expect(await valuesOf(engine)).toEqual(values);
    const [sample] = (
      await engine.must<{ data: { status: string }[] }>('GET', '/deliveries?tenant=many&limit=1')
    ).data;
    expect(sample?.status).toBe('delivered');
    await engine.must('POST', '/events', { tenant: 'many', id: idOf(EVENTS), type: 'COMMITTED', data: {} });
    await eventually(async () => {
      const event = await engine.must<{ deliveries: { status: string }[] }>(
        'GET',
        `/events/${idOf(EVENTS)}?tenant=many`,
      );
      expect(event.deliveries.map(({ status }) => status)).toEqual(Array(4).fill('delivered'));
      // What was sent in the last ten minutes is read before anything is sent (R6).
    }, 60_000);
  }, 300_000);
});

/** One of each thing that tables keep: tests, deletions, a disabled endpoint with held deliveries, a replay. */
async function everythingElse(engine: EngineUnderTest, base: string, mend: () => void): Promise<void> {
  await engine.must('POST', '/tenants', { id: 'few', name: 'few', contract: 'hyprwatch' });
  const { id: dead } = await engine.must<{ id: string }>('POST', '/webhooks?tenant=few', {
    url: `${base}/dead`,
  });
  const { id: gone } = await engine.must<{ id: string }>('POST', '/webhooks?tenant=few', {
    url: `${base}/gone`,
  });
  const data = { host_id: 'h_1', hostname: 'server-01', platform: 'linux' };
  const publish = (id: string) =>
    engine.must('POST', '/events', { tenant: 'few', id, type: 'host.online', data });
  await publish('evt_first');
  await eventually(async () => {
    const { status } = await engine.must<{ status: string }>('GET', `/webhooks/${dead}?tenant=few`);
    expect(status).toBe('failed');
  }, 180_000);
  await publish('evt_second');
  await engine.must('PATCH', `/webhooks/${gone}?tenant=few`, { description: 'to be deleted' });
  await engine.must('POST', `/webhooks/${gone}/test?tenant=few`, { type: 'host.offline' });
  const held = await eventually(async () => {
    const found = await engine.must<{ data: { id: string }[] }>('GET', '/deliveries?tenant=few&status=held');
    expect(found.data.length).toBeGreaterThan(0);
    return found;
  });
  expect(held.data).toHaveLength(1);
  mend();
  await engine.must('POST', `/webhooks/${dead}/enable?tenant=few`, { held: 'release' });
  const failed = await eventually(async () => {
    const found = await engine.must<{ data: { id: string }[] }>(
      'GET',
      '/deliveries?tenant=few&status=failed',
    );
    expect(found.data).toHaveLength(1);
    return found.data[0];
  });
  await engine.must('POST', `/deliveries/${failed?.id}/retry`, {});
  await engine.must('DELETE', `/webhooks/${gone}?tenant=few`);
}

/** Without the values of records, which are packed as they come: those are looked at through the API. */
function tablesOf(query: Query): Promise<{ table: string }[]> {
  return query(
    `SELECT tablename AS table FROM pg_tables WHERE schemaname = 'hyperhook' AND tablename NOT LIKE '%migrations%'
       AND tablename <> 'record_values'`,
  );
}

/** What was published, sent and answered, of some deliveries. */
async function valuesOf(engine: EngineUnderTest): Promise<unknown[]> {
  const seen: unknown[] = [];
  for (const event of [idOf(0), idOf(EVENTS / 2), idOf(EVENTS - 1)]) {
    const found = await engine.must<{ body: string; deliveries: { id: string }[] }>(
      'GET',
      `/events/${event}?tenant=many`,
    );
    expect(found.body).toContain(event);
    seen.push(found);
    for (const { id } of found.deliveries) {
      const delivery = await engine.must<{ attempt_log: object[] }>('GET', `/deliveries/${id}`);
      expect(delivery.attempt_log[0]).toMatchObject({ request: { url: expect.stringContaining('http') } });
      seen.push(delivery);
    }
  }
  return seen;
}

async function columnsOf(query: Query, table: string, but: readonly string[]): Promise<string> {
  const rows = await query<{ name: string }>(
    `SELECT quote_ident(column_name) AS name FROM information_schema.columns
     WHERE table_schema = 'hyperhook' AND table_name = '${table}'`,
  );
  return rows
    .map(({ name }) => name)
    .filter((name) => !but.includes(name))
    .join(', ');
}
