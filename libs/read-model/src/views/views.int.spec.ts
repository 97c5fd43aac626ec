import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startTestPostgres, type TestPostgres } from '../../fixtures/test-postgres.ts';
import { openReadModel, type ReadModel } from '../open-read-model.ts';
import { dashboardViews } from './dashboard-views.ts';

const NOW = Date.now();
const at = (ms: number) => `'${new Date(NOW + ms).toISOString()}'`;
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const role = readFileSync(
  new URL('../../../../deploy/postgres/read-only-role.sql', import.meta.url),
  'utf8',
).replace(`:'password'`, `'reader-password'`);

describe('views for dashboards', () => {
  let postgres: TestPostgres;
  let readModel: ReadModel;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    readModel = await openReadModel({ connectionString: postgres.connectionString });
    await readModel.migrate();
    await fill();
  }, 30_000);
  afterAll(async () => {
    await readModel?.close();
    await postgres?.stop();
  });

  const ask = <Row = Record<string, unknown>>(sql: string) => readModel.dataSource.query<Row[]>(sql);

  /** Four deliveries of one endpoint: delivered, waiting for a retry, overdue, held. */
  const fill = async () => {
    await ask(`INSERT INTO tenants VALUES ('acme', 'Acme', 'hyprwatch', '{}', true, 1, now(), NULL)`);
    const url = 'https://example.com:8443/hook/path-token?key=query-token';
    for (const [id, status, reason] of [
      ['wh_1', 'active', 'NULL'],
      ['wh_2', 'failed', `'gone'`],
    ])
      await ask(
        `INSERT INTO endpoints VALUES ('${id}', 'acme', '${url}', '[]', '', '${status}', ${reason}, 1, 1, now(), now(), NULL)`,
      );
    await ask(
      `INSERT INTO endpoint_days VALUES ('wh_1', (now() AT TIME ZONE 'UTC')::date, 'acme', 4, 1, 3, 1, 0, 0, 0)`,
    );
    const open = [
      ['delivered', 'NULL', true],
      ['pending', at(300_000), true],
      ['pending', at(-90_000), true],
      ['held', 'NULL', true],
    ];
    for (const [n, [status, due, settled]] of open.entries()) {
      await ask(
        `INSERT INTO deliveries VALUES ('${uuid(n)}', 'acme', 'wh_1', 'evt_${n}', 'host.online', '${status}', NULL, 0, 1, 0,
          ${settled}, 'event', false, ${due}, 1, now(), ${at(-120_000)}, now(), 0, 1, 503, NULL, 100, 3, 7, 'outcomes', 9)`,
      );
      await ask(
        `INSERT INTO attempts VALUES (0, ${n}, now(), now(), NULL, NULL, 1, 0, 1, 3, ${(n + 1) * 100}, 503, '${uuid(n)}',
          '${status === 'pending' ? 'retry' : status}', 'event', NULL, NULL, '["5m"]')`,
      );
    }
    await ask(`INSERT INTO quarantine VALUES ('events', 0, 7, 'header attempt is not a number', now(), 0)`);
  };

  it('have exactly the columns and types that are documented', async () => {
    const rows = await ask<{ view: string; name: string; type: string }>(
      `SELECT table_name AS view, column_name AS name, data_type AS type FROM information_schema.columns
       WHERE table_schema = 'hyperhook_views' ORDER BY table_name, ordinal_position`,
    );
    const found = Object.groupBy(rows, ({ view }) => view);
    const shown = Object.entries(found).map(([view, own = []]) => [
      view,
      own.map(({ name, type }) => [name, type]),
    ]);
    const documented = Object.entries(dashboardViews)
      .map(([view, { columns }]) => [view, Object.entries(columns).map(([name, [type]]) => [name, type])])
      .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    expect(shown).toEqual(documented);
  });

  it('show what there is', async () => {
    const view = (name: string, order: string) =>
      ask(`SELECT * FROM hyperhook_views.${name} ORDER BY ${order}`);
    expect(await view('endpoint_status', 'endpoint_id')).toMatchObject([
      { endpoint_id: 'wh_1', tenant_name: 'Acme', origin: 'https://example.com:8443', attempts_today: 4 },
      { endpoint_id: 'wh_2', status: 'failed', attempts_today: 0 },
    ]);
    expect(await view('backlog', 'due')).toMatchObject([
      { due: 'held', deliveries: '1', oldest_due_seconds: null },
      { due: 'overdue', deliveries: '1' },
      { due: 'within_10m', deliveries: '1', oldest_due_seconds: 0 },
    ]);
    const [waiting] = await view('waiting_by_tier', 'tier');
    expect(waiting).toMatchObject({ tier: '5m', deliveries: '2' });
    expect(Number(waiting?.['oldest_due_seconds'])).toBeGreaterThanOrEqual(90);
    const hours = await view('attempts_by_hour', 'hour');
    expect(hours.map(({ attempts }) => Number(attempts)).reduce((a, b) => a + b)).toBe(4);
    expect(hours.at(-1)).toMatchObject({
      p50_seconds: expect.any(Number),
      success_ratio: expect.any(Number),
    });
    expect(await view('deliveries_by_day', 'day')).toMatchObject([{ delivered: '3', success_ratio: 0.75 }]);
    expect(await view('failing_endpoints', 'endpoint_id')).toMatchObject([
      { endpoint_id: 'wh_1', failure_ratio: 0.25 },
    ]);
    expect(await view('endpoints_disabled_today', 'endpoint_id')).toMatchObject([
      { endpoint_id: 'wh_2', reason: 'gone' },
    ]);
    expect(await view('quarantine', 'at')).toMatchObject([{ topic: 'events', log_offset: '7' }]);
    const byHour = await view('deliveries_by_hour', 'status');
    expect(byHour.map(({ status, deliveries }) => [status, deliveries])).toEqual([
      ['delivered', '1'],
      ['held', '1'],
      ['pending', '2'],
    ]);
  });

  it('are what the overview for operators is made of', async () => {
    const overview = await readModel.queries.overview();
    expect(overview).toMatchObject({
      windowSeconds: 300,
      accepted: 0,
      attempts: { made: 4, delivered: 1, p50: 0.25 },
      endpoints: { active: 1, off: 0, failed: 1 },
      backlog: [{ due: 'held', deliveries: 1 }, { due: 'overdue' }, { due: 'within_10m' }],
      tiers: [{ tier: '5m', deliveries: 2, oldestDueAt: NOW - 90_000 }],
      worstEndpoints: [{ endpointId: 'wh_1', attempts: 4, failedAttempts: 1 }],
      disabledToday: [{ endpointId: 'wh_2', reason: 'gone', disabledAt: expect.any(Number) }],
      quarantined: 1,
      writtenAt: null,
    });
  });

  it('hold nothing of what may be a credential in a URL', async () => {
    const shown = await Promise.all(
      Object.keys(dashboardViews).map((name) => ask(`SELECT * FROM hyperhook_views.${name}`)),
    );
    expect(JSON.stringify(shown)).not.toMatch(/path-token|query-token/);
    expect(JSON.stringify(await ask('SELECT * FROM endpoints'))).toMatch(/path-token.*query-token/);
  });

  it('are all that the read-only role can see, and it can write nothing', async () => {
    // Twice: it is run again after an upgrade.
    for (const _ of [1, 2]) await ask(role);
    const reader = new pg.Client({
      connectionString: postgres.connectionString.replace('test@', 'hyperhook_reader:reader-password@'),
    });
    await reader.connect();
    try {
      for (const name of Object.keys(dashboardViews))
        await reader.query(`SELECT * FROM hyperhook_views.${name}`);
      const tables = await ask<{ name: string }>(
        `SELECT schemaname || '.' || tablename AS name FROM pg_tables WHERE schemaname LIKE 'hyperhook%'`,
      );
      expect(tables.length).toBeGreaterThan(8);
      for (const { name } of tables) {
        await expect(reader.query(`SELECT * FROM ${name}`)).rejects.toThrow(/permission denied/);
      }
      await reader.query('SET default_transaction_read_only = off');
      for (const statement of [
        'CREATE TABLE hyperhook_views.mine (id text)',
        'CREATE TABLE hyperhook.mine (id text)',
        `DELETE FROM hyperhook_views.quarantine`,
        `INSERT INTO hyperhook.quarantine VALUES ('events', 0, 8, 'x', now(), 0)`,
        'DROP VIEW hyperhook_views.quarantine',
      ])
        await expect(reader.query(statement)).rejects.toThrow(/permission denied|must be owner/);
      // Those of later releases need no second grant.
      await ask('CREATE VIEW hyperhook_views.later AS SELECT 1 AS one');
      expect((await reader.query('SELECT one FROM later')).rows).toEqual([{ one: 1 }]);
      await ask('DROP VIEW hyperhook_views.later');
    } finally {
      await reader.end();
    }
  });
});
