import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testkit';
import type pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import { makeDataFolder } from '../support/data-folder.ts';
import { connectInstallation } from '../support/installation-database.ts';
import { readMetrics } from '../support/metric-samples.ts';
import { StandaloneProcess } from '../support/standalone-process.ts';
import { openChromium } from './support/chromium.ts';
import { FigureWatch } from './support/figure-watch.ts';
import { TellingServer } from './support/telling-server.ts';
import { desk, night, phone, Visit } from './support/visit.ts';

const SECONDS = 1_000;
const WINDOW = `now() - interval '300 seconds'`;
const ROUNDS = 6;

const ATTEMPTS = `FROM hyperhook.attempts WHERE at >= ${WINDOW} AND started_at IS NOT NULL AND asked_by <> 'test'`;
const DELIVERED = `FROM hyperhook.deliveries WHERE created_at >= ${WINDOW} AND status = 'delivered' AND chain = 0`;
const quantiles = [
  ['p50', 0.5],
  ['p95', 0.95],
  ['p99', 0.99],
] as const;
/** Nothing in this test is older. */
const AGE = `CASE WHEN created_at > now() - interval '1 minute' THEN 'under_1m' ELSE 'under_10m' END`;

/** Statements that say what figures really are: `name` and `value`. */
const statements = [
  `SELECT 'quarantined' AS name, count(*)::float8 AS value FROM hyperhook.quarantine`,
  `SELECT 'endpoints.' || status, count(*) FROM hyperhook.endpoints WHERE deleted_at IS NULL GROUP BY status`,
  `SELECT 'disabled_today', count(*) FROM hyperhook_views.endpoints_disabled_today`,
  `SELECT 'tiers.' || tier || '.deliveries', deliveries FROM hyperhook_views.waiting_by_tier`,
  `SELECT 'tiers.' || tier || '.oldest_due_seconds', oldest_due_seconds FROM hyperhook_views.waiting_by_tier`,
  `SELECT 'backlog.' || due || '.deliveries', deliveries FROM hyperhook_views.backlog`,
  `SELECT 'backlog.' || due || '.oldest_due_seconds', oldest_due_seconds FROM hyperhook_views.backlog`,
  ...(['pending', 'held'] as const).map(
    (status) =>
      `SELECT 'backlog_by_age.' || ${AGE} || '.${status}', count(*)
        FROM hyperhook.deliveries WHERE status = '${status}' GROUP BY 1`,
  ),
  `SELECT 'worst_endpoints.' || endpoint_id || '.attempts', attempts FROM hyperhook_views.failing_endpoints`,
  `SELECT 'worst_endpoints.' || endpoint_id || '.failed_attempts', failed_attempts FROM hyperhook_views.failing_endpoints`,
  `SELECT 'rates.accepted_per_second', count(*) / 300.0 FROM hyperhook.events WHERE accepted_at >= ${WINDOW}`,
  `SELECT 'rates.attempts_per_second', count(*) / 300.0 ${ATTEMPTS}`,
  `SELECT 'rates.delivered_per_second', count(*) FILTER (WHERE kind = 'delivered') / 300.0 ${ATTEMPTS}`,
  `SELECT 'attempts.made', count(*) ${ATTEMPTS}`,
  `SELECT 'attempts.delivered', count(*) FILTER (WHERE kind = 'delivered') ${ATTEMPTS}`,
  `SELECT 'attempts.success_ratio', avg((kind = 'delivered')::int) ${ATTEMPTS}`,
  ...quantiles.flatMap(([name, of]) => [
    `SELECT 'attempts.duration_seconds.${name}',
      percentile_cont(${of}) WITHIN GROUP (ORDER BY duration_ms) / 1000 ${ATTEMPTS}`,
    `SELECT 'end_to_end_seconds.${name}',
      percentile_cont(${of}) WITHIN GROUP (ORDER BY greatest(0, extract(epoch FROM updated_at - created_at)))
      ${DELIVERED}`,
  ]),
];
/** Of processes, not of tables: compared with /metrics. */
const ofProcesses = /^(processes|lag)\./;

/** However the page changes. */
const mustBeShown = [
  'quarantined',
  'endpoints.active',
  'endpoints.off',
  'endpoints.failed',
  'disabled_today',
  'tiers.16s.deliveries',
  'backlog.within_1m.deliveries',
  'backlog_by_age.under_1m.pending',
  'rates.accepted_per_second',
  'rates.delivered_per_second',
  'rates.attempts_per_second',
  'attempts.made',
  'attempts.delivered',
  'attempts.success_ratio',
  ...quantiles.flatMap(([name]) => [`attempts.duration_seconds.${name}`, `end_to_end_seconds.${name}`]),
];

describe('the operations page', () => {
  let engine: StandaloneProcess;
  let folder: Awaited<ReturnType<typeof makeDataFolder>>;
  let database: pg.Client;
  let browser: Browser;
  let visit: Visit;
  const receiver = new TellingServer();

  beforeAll(async () => {
    browser = await openChromium();
    await receiver.open();
    receiver.says('/broken', { status: 500 });
    receiver.says('/gone', { status: 410 });
    folder = await makeDataFolder('operations-page');
    engine = new StandaloneProcess({ HYPERHOOK_DATA_DIR: folder.path });
    await engine.start();
    database = await connectInstallation(folder.path);
    const tenant = { id: 'shop', name: 'Shop', contract: 'standard-webhooks' };
    await engine.must('POST', '/tenants', tenant);
    for (const path of ['/well', '/broken', '/gone'])
      await engine.must('POST', '/webhooks?tenant=shop', { url: `${receiver.url}${path}` });
    await engine.must('POST', '/webhooks?tenant=shop', { url: `${receiver.url}/off`, active: false });
  }, 180 * SECONDS);

  afterEach(async () => {
    const complaints = visit?.complaints ?? [];
    await visit?.end();
    expect(complaints).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await database?.end();
    await engine?.stop();
    await folder?.remove();
    await receiver.close();
  }, 60 * SECONDS);

  const come = async (path: string, look = desk): Promise<Page> => {
    visit = await Visit.begin(browser, engine.url, look);
    await visit.open(path, engine.rootKey);
    return visit.page;
  };
  const publish = (count: number): Promise<unknown> =>
    engine.must(
      'POST',
      '/events',
      Array.from({ length: count }, (_, n) => ({ tenant: 'shop', type: 'order.paid', data: { n } })),
    );
  const fromTables = async (): Promise<ReadonlyMap<string, number>> => {
    const { rows } = await database.query<{ name: string; value: number | null }>(
      statements.join('\nUNION ALL\n'),
    );
    return new Map(rows.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])));
  };
  const shown = async (page: Page): Promise<ReadonlyMap<string, number>> => {
    const all = await page
      .locator('data[data-figure]')
      .evaluateAll((found) =>
        found.map((one) => [one.getAttribute('data-figure') ?? '', one.getAttribute('value') ?? '']),
      );
    return new Map(
      all.filter(([, value]) => value !== '').map(([name = '', value]) => [name, Number(value)]),
    );
  };

  it(
    'shows numbers that are those of SQL and of /metrics, at most 2 s late, while the engine works',
    async () => {
      const page = await come('/ops');
      await page.getByRole('heading', { name: 'The engine now' }).waitFor();
      const watch = new FigureWatch(fromTables);
      await watch.start();
      const compared = new Set<string>();
      try {
        for (let round = 0; round < ROUNDS; round += 1) {
          await publish(5 + round);
          await eventually(async () => {
            const figures = await shown(page);
            const readAt = performance.now();
            const known = new Map([...figures].filter(([name]) => !ofProcesses.test(name)));
            expect(watch.wrong(known, readAt)).toEqual([]);
            expect(figures.get('rates.accepted_per_second')).toBeGreaterThan(0);
            for (const name of known.keys()) compared.add(name);
          }, 10 * SECONDS);
        }
      } finally {
        await watch.stop();
      }
      expect([...compared]).toEqual(expect.arrayContaining(mustBeShown));
    },
    120 * SECONDS,
  );

  it(
    'shows of processes what /metrics says of them',
    async () => {
      receiver.says('/well', 'nothing');
      await publish(3);
      const page = await come('/ops');
      await eventually(async () => {
        const figures = await shown(page);
        const { samples } = readMetrics([await (await fetch(`${engine.url}/metrics`)).text()]);
        const told = (metric: string, labels: Readonly<Record<string, string>> = {}): number =>
          samples
            .filter((one) => one.name === metric)
            .filter((one) => Object.entries(labels).every(([name, value]) => one.labels[name] === value))
            .reduce((sum, { value }) => sum + value, 0);
        const inFlight = told('hyperhook_dispatcher_in_flight');
        expect(inFlight).toBeGreaterThanOrEqual(3);
        expect(figures.get('processes.dispatcher.in_flight')).toBe(inFlight);
        const accepted = told('hyperhook_events_accepted_total', { status: 'accepted' });
        expect((figures.get('rates.accepted_per_second') ?? 0) * 300).toBeCloseTo(accepted, 6);
        for (const [name, records] of figures) {
          const [, group = '', topic = ''] = /^lag\.([^.]+)\.(.+)$/.exec(name) ?? [];
          if (group === '') continue;
          expect([name, records]).toEqual([name, told('hyperhook_consumer_lag_records', { group, topic })]);
        }
      }, 14 * SECONDS);
    },
    60 * SECONDS,
  );

  it.each([
    ['in daylight', desk],
    ['in the dark', night],
    ['on a phone', phone],
  ])(
    'keeps nobody out %s, and fits',
    async (_, look) => {
      const page = await come('/ops', look);
      for (const path of [
        '/ops',
        '/ops/quarantine',
        '/ops/replays',
        '/ops/audit',
        '/ops/tenants',
        '/ops/catalogue',
      ]) {
        await visit.open(path, engine.rootKey);
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        await page.getByRole('status', { name: 'Loading' }).waitFor({ state: 'detached' });
        expect([path, await visit.barriers()]).toEqual([path, []]);
        expect([path, await visit.overflow()]).toEqual([path, 0]);
      }
    },
    120 * SECONDS,
  );
});
