import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const deploy = join(import.meta.dirname, '..', '..', 'deploy');

/** One query of a dashboard or alert, and where it stands. */
export interface Query {
  readonly where: string;
  readonly text: string;
  /** Labels that a legend or an annotation shows. */
  readonly shown: readonly string[];
}

interface Target {
  readonly expr?: string;
  readonly rawSql?: string;
  readonly legendFormat?: string;
}

interface Dashboard {
  readonly title: string;
  readonly panels: readonly { readonly title: string; readonly targets?: readonly Target[] }[];
}

export interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const between = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

export function dashboards(): readonly Dashboard[] {
  const folder = join(deploy, 'grafana/dashboards');
  return readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Dashboard);
}

export function alerts(): readonly Alert[] {
  const file = parse(readFileSync(join(deploy, 'prometheus/alerts.yml'), 'utf8')) as {
    readonly groups: readonly { readonly rules: readonly Alert[] }[];
  };
  return file.groups.flatMap(({ rules }) => rules);
}

/** As Grafana sends them: its variables are put in. */
export function promQueries(): readonly Query[] {
  const ofPanels = targets().flatMap(({ where, target: { expr, legendFormat = '' } }) =>
    expr === undefined
      ? []
      : [
          {
            where,
            text: expr.replaceAll('$__rate_interval', '1m'),
            shown: between(legendFormat, /\{\{\s*(\w+)\s*\}\}/g),
          },
        ],
  );
  const ofAlerts = alerts().map(({ alert, expr, annotations }) => ({
    where: alert,
    text: expr,
    shown: between(Object.values(annotations).join(' '), /\$labels\.(\w+)/g),
  }));
  return [...ofPanels, ...ofAlerts];
}

/** With the macros of Grafana's PostgreSQL source put in, for the last day and all tenants. */
export function sqlQueries(now: number): readonly Query[] {
  const from = `'${new Date(now - 86_400_000).toISOString()}'`;
  const to = `'${new Date(now).toISOString()}'`;
  return targets().flatMap(({ where, target: { rawSql } }) => {
    if (rawSql === undefined) return [];
    const text = rawSql
      .replaceAll(/\$__timeFilter\((\w+)\)/g, `$1 BETWEEN ${from} AND ${to}`)
      .replaceAll('$__timeFrom()', from)
      .replaceAll('$__timeTo()', to)
      .replaceAll('${tenant:sqlstring}', `''`);
    if (text.includes('$')) throw new Error(`${where}: a macro that this test does not know: ${text}`);
    return [{ where, text, shown: [] }];
  });
}

function targets(): readonly { readonly where: string; readonly target: Target }[] {
  return dashboards().flatMap(({ title, panels }) =>
    panels.flatMap((panel) =>
      (panel.targets ?? []).map((target) => ({ where: `${title} / ${panel.title}`, target })),
    ),
  );
}
