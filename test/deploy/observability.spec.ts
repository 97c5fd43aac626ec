import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createMetrics } from '#platform';
import { dashboardViews } from '../../libs/read-model/src/views/dashboard-views.ts';
import { metricsCatalogue } from '../../apps/standalone/src/metrics-catalogue.ts';
import { readMetrics } from '../support/metric-samples.ts';
import { alerts, dashboards, promQueries, sqlQueries, type Query } from '../support/observability-files.ts';
import { knownSeries, nameProblems } from '../support/query-checks.ts';
import { root } from './facts.ts';

const { samples } = readMetrics([await createMetrics().text()]);
const known = knownSeries(metricsCatalogue(), samples);
const operations = readFileSync(join(root, 'docs/operations.md'), 'utf8');

describe('dashboards and alerts', () => {
  it('name metrics and labels that processes tell', () => {
    const queries = promQueries();
    expect(queries.length).toBeGreaterThan(60);
    expect(queries.flatMap((query) => nameProblems(query, known))).toEqual([]);
  });

  it.each([
    ['sum(rate(hyperhook_attempt_total[5m]))', [], 'no process tells hyperhook_attempt_total'],
    ['hyperhook_attempts_total{tenant="acme"}', [], 'hyperhook_attempts_total has no label tenant'],
    ['sum by (tier) (hyperhook_attempts_total)', [], 'hyperhook_attempts_total has no label tier'],
    ['hyperhook_attempt_duration_seconds', [], 'no process tells hyperhook_attempt_duration_seconds'],
    ['sum by (result) (hyperhook_attempts_total)', ['contract'], 'nothing is left of label contract'],
    ['sum by (result (hyperhook_attempts_total)', [], 'cannot be parsed'],
    [
      'rate(nodejs_eventloop_lag_seconds{kind="x"}[5m])',
      [],
      'nodejs_eventloop_lag_seconds has no label kind',
    ],
  ])('would be found out: %s', (text, shown, problem) => {
    const query: Query = { where: 'here', text, shown };
    expect(nameProblems(query, known).join()).toContain(problem);
  });

  it('ask the views, and all of them are shown', () => {
    const asked = sqlQueries(Date.now()).flatMap(({ text }) =>
      [...text.matchAll(/\b(?:FROM|JOIN) (\S+)/gi)].map(([, table = '']) => table),
    );
    const tables = [...new Set(asked.filter((table) => table.includes('.')))].toSorted();
    expect(tables).toEqual(
      Object.keys(dashboardViews)
        .map((name) => `hyperhook_views.${name}`)
        .toSorted(),
    );
  });

  it('have titles of their own, and panels that say what they show', () => {
    for (const { title, panels } of dashboards()) {
      expect(title).toMatch(/^Hyperhook: /);
      const titled = panels.filter(({ targets }) => targets !== undefined) as readonly {
        readonly description?: string;
      }[];
      expect(titled.filter(({ description }) => (description ?? '') === '')).toEqual([]);
    }
  });

  it('come with a page that says what each alert means', () => {
    const told = [...operations.matchAll(/^### (Hyperhook\w+)$/gm)].map(([, name]) => name);
    expect(told).toEqual(alerts().map(({ alert }) => alert));
    for (const { alert, labels, annotations } of alerts()) {
      expect(annotations['runbook']).toBe(`docs/operations.md#${alert.toLowerCase()}`);
      expect(['page', 'ticket']).toContain(labels['severity']);
      expect(annotations['summary']).not.toBe('');
    }
  });
});
