import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { retryTopics } from '#log';
import { eventually } from '#testkit';
import { metricsCatalogue } from '../../apps/standalone/src/metrics-catalogue.ts';
import { CustomerServer } from '../support/customer-server.ts';
import type { EngineUnderTest } from '../support/engine-under-test.ts';
import { readMetrics, type Told } from '../support/metric-samples.ts';
import { promQueries, sqlQueries } from '../support/observability-files.ts';
import { openEngine } from '../support/open-engine.ts';
import { knownSeries, nameProblems, unmetSelectors } from '../support/query-checks.ts';

const BAD = '/bad';
const GONE = '/gone';
const codes: Readonly<Record<string, number>> = { [BAD]: 500, [GONE]: 410 };

/** Of what did not happen here: a copy in the log, trouble, an enabling, a replay, a newer release. No series until it does. */
const quiet = [
  'hyperhook_alerts_total',
  'hyperhook_duplicates_suppressed_total',
  'hyperhook_held_settled_total',
  'hyperhook_policies_stopped',
  'hyperhook_projection_stopped',
  'hyperhook_replay_skipped_total',
];

/** A day in an installation's life: deliveries, a retry, a copy, an endpoint that is gone, refusals. */
describe('what an installation tells those who watch it', () => {
  let engine: EngineUnderTest;
  const customer = new CustomerServer(({ path }) => codes[path] ?? 200);

  beforeAll(async () => {
    engine = await openEngine('observability', { HYPERHOOK_PARTITIONS: '2' });
    const url = await customer.open();
    await engine.must('POST', '/tenants', { id: 'watched', name: 'Watched' });
    for (const path of ['/ok', BAD, GONE])
      await engine.must('POST', '/webhooks?tenant=watched', { url: `${url}${path}` });
    const event = { tenant: 'watched', type: 'order.paid', data: {} };
    for (let n = 0; n < 10; n += 1) await engine.must('POST', '/events', { ...event, id: `evt_${n}` });
    await engine.must('POST', '/events', { ...event, id: 'evt_0' });
    await engine.call('POST', '/events', { ...event, id: 'evt_0', data: 'no object' });
    await engine.call('POST', '/webhooks?tenant=watched', { url: 'https://169.254.169.254/latest' });
    // The history has caught up, so that projections have told of themselves too.
    await eventually(async () => {
      const ended = await engine.must<{ data: { status: string }[] }>(
        'GET',
        '/deliveries?tenant=watched&limit=100',
      );
      expect(ended.data.filter(({ status }) => status === 'delivered')).toHaveLength(10);
    }, 30_000);
  }, 180_000);

  afterAll(async () => {
    await engine?.remove();
    await customer.close();
  }, 180_000);

  const scrape = async (): Promise<Told> => {
    const texts = Object.values(engine.urls).map(async (url) => (await fetch(`${url}/metrics`)).text());
    return readMetrics(await Promise.all(texts));
  };
  const value = ({ samples }: Told, name: string, labels: Readonly<Record<string, string>>) =>
    samples
      .filter(
        (one) => one.name === name && Object.entries(labels).every(([label, is]) => one.labels[label] === is),
      )
      .reduce((sum, one) => sum + one.value, 0);

  it('counts what happened', async () => {
    await eventually(async () => {
      const told = await scrape();
      const contract = 'standard-webhooks';
      expect(value(told, 'hyperhook_events_accepted_total', { contract, status: 'accepted' })).toBe(10);
      expect(value(told, 'hyperhook_events_accepted_total', { status: 'duplicate' })).toBe(1);
      expect(
        value(told, 'hyperhook_outcomes_total', { contract, kind: 'delivered', asked_by: 'event' }),
      ).toBe(10);
      expect(value(told, 'hyperhook_attempts_total', { result: 'delivered', code_class: '2xx' })).toBe(10);
      expect(value(told, 'hyperhook_attempts_total', { code_class: '5xx' })).toBeGreaterThanOrEqual(10);
      expect(value(told, 'hyperhook_endpoint_disabled_total', { reason: 'gone' })).toBe(1);
      expect(value(told, 'hyperhook_egress_blocked_total', { stage: 'save' })).toBe(1);
      expect(value(told, 'hyperhook_publish_refused_total', { code: 'validation_failed' })).toBe(1);
      expect(value(told, 'hyperhook_end_to_end_seconds_count', { attempt: 'first' })).toBe(10);
      // Ten retries wait; nothing else does, and every group is where the log ends.
      const tiers = retryTopics.map((topic) =>
        value(told, 'hyperhook_consumer_lag_records', { group: 'dispatcher', topic }),
      );
      expect(tiers.reduce((sum, waiting) => sum + waiting, 0)).toBe(10);
      expect(value(told, 'hyperhook_consumer_lag_records', { group: 'dispatcher', topic: 'events' })).toBe(0);
      for (const group of ['projections', 'policies'])
        expect(value(told, 'hyperhook_consumer_lag_records', { group })).toBe(0);
      expect(value(told, 'hyperhook_projection_behind_seconds', {})).toBe(0);
    }, 20_000);
  }, 60_000);

  it('tells exactly the metrics that are documented, and all that dashboards and alerts ask for', async () => {
    const told = await scrape();
    const ours = [...told.names].filter((name) => name.startsWith('hyperhook_')).toSorted();
    const listed = metricsCatalogue().map(({ name }) => name);
    // Told only where ingestion reads topics of other teams: there is a suite for that.
    expect(ours).toEqual(listed.filter((name) => !name.startsWith('hyperhook_upstream_')));
    const known = knownSeries(metricsCatalogue(), told.samples);
    expect(promQueries().flatMap((query) => nameProblems(query, known))).toEqual([]);
  });

  it('has met every value that dashboards and alerts look for, and would miss one that nobody tells', async () => {
    const { samples } = await scrape();
    const unmet = promQueries().flatMap((query) => unmetSelectors(query, samples));
    expect(unmet.filter((problem) => !quiet.some((name) => problem.includes(` ${name} `)))).toEqual([]);
    const wrong = { where: 'here', text: 'hyperhook_outcomes_total{kind="deliverd"}', shown: [] };
    expect(unmetSelectors(wrong, samples)).toHaveLength(1);
  });

  it('shows operators its figures over REST', async () => {
    const stats = await engine.must<{
      readonly attempts: { readonly made: number; readonly delivered: number };
      readonly endpoints: object;
      readonly worst_endpoints: readonly { readonly failed_attempts: number }[];
      readonly tiers: readonly { readonly tier: string; readonly deliveries: number }[];
    }>('GET', '/stats');
    expect(stats.attempts.delivered).toBe(10);
    expect(stats.attempts.made).toBeGreaterThanOrEqual(21);
    expect(stats.endpoints).toEqual({ active: 2, off: 0, failed: 1 });
    expect(stats.worst_endpoints[0]?.failed_attempts).toBeGreaterThanOrEqual(10);
    expect(stats.tiers.reduce((sum, { deliveries }) => sum + deliveries, 0)).toBe(10);
    expect(await engine.must('GET', '/quarantine')).toEqual({ data: [], next: null, previous: null });
  });

  it('answers every query of the dashboards over the history; one with a wrong column fails', async () => {
    await engine.stop();
    await engine.withTables(async (query) => {
      const rows = new Map<string, number>();
      for (const { where, text } of sqlQueries(Date.now())) rows.set(where, (await query(text)).length);
      expect(rows.size).toBeGreaterThan(15);
      const empty = [...rows].filter(([, count]) => count === 0).map(([where]) => where);
      expect(empty).toEqual(['Hyperhook: history / Quarantine']);
      const [first] = sqlQueries(Date.now());
      await expect(query(first?.text.replace('deliveries', 'delivered') ?? '')).rejects.toThrow(
        /does not exist/,
      );
    });
  }, 120_000);
});
