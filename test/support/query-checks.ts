import type { ListedMetric } from '../../apps/standalone/src/metrics-catalogue.ts';
import type { Sample } from './metric-samples.ts';
import type { Query } from './observability-files.ts';
import { readPromql, type Matcher, type PromQuery, type Selector } from './promql.ts';

/** By name as Prometheus stores it: the labels that its series have. */
export type KnownSeries = ReadonlyMap<string, ReadonlySet<string>>;

/** What a scraper adds to all. */
const ofTheScraper = ['job', 'instance'];

/** What the catalogue stands for once it is scraped; `samples`: of the runtime, which no catalogue lists. */
export function knownSeries(
  catalogue: readonly ListedMetric[],
  samples: readonly Sample[] = [],
): KnownSeries {
  const known = new Map<string, Set<string>>([['up', new Set(ofTheScraper)]]);
  const add = (name: string, labels: readonly string[]) => {
    const all = known.get(name) ?? new Set(ofTheScraper);
    for (const label of labels) all.add(label);
    known.set(name, all);
  };
  for (const { name, kind, labels } of catalogue) {
    if (kind !== 'histogram') add(name, labels);
    else {
      add(`${name}_bucket`, [...labels, 'le']);
      for (const part of ['sum', 'count']) add(`${name}_${part}`, labels);
    }
  }
  for (const { name, labels } of samples) if (!name.startsWith('hyperhook_')) add(name, Object.keys(labels));
  return known;
}

/** What in the query names something that there is not. */
export function nameProblems({ where, text, shown }: Query, known: KnownSeries): readonly string[] {
  const query = parsed(text);
  if (typeof query === 'string') return [`${where}: ${query}`];
  const lacks = ({ metric }: Selector, label: string) => known.get(metric)?.has(label) === false;
  const unknown = query.selectors
    .filter(({ metric }) => !known.has(metric))
    .map(({ metric }) => `no process tells ${metric}`);
  const matched = query.selectors.flatMap((one) =>
    one.matchers
      .filter(({ label }) => lacks(one, label))
      .map(({ label }) => `${one.metric} has no label ${label}`),
  );
  const grouped = query.groupings.flatMap(({ labels, over }) =>
    labels.flatMap((label) =>
      over.filter((one) => lacks(one, label)).map(({ metric }) => `${metric} has no label ${label}`),
    ),
  );
  return [...unknown, ...matched, ...grouped, ...shownProblems(query, shown, known)].map(
    (problem) => `${where}: ${problem}`,
  );
}

/** A legend or annotation can show what is left after grouping. */
function shownProblems({ selectors, groupings }: PromQuery, shown: readonly string[], known: KnownSeries) {
  const isAggregate = groupings.length > 0;
  const left = isAggregate
    ? groupings.flatMap(({ labels }) => labels)
    : selectors.flatMap(({ metric }) => [...(known.get(metric) ?? [])]);
  return shown.filter((label) => !left.includes(label)).map((label) => `nothing is left of label ${label}`);
}

/** Selectors that met no series of a whole run: a value that is never told. */
export function unmetSelectors({ where, text }: Query, samples: readonly Sample[]): readonly string[] {
  const query = parsed(text);
  if (typeof query === 'string') return [`${where}: ${query}`];
  return query.selectors
    .filter(({ metric }) => metric !== 'up')
    .filter(({ metric, matchers }) => {
      const of = matchers.filter(({ label }) => !ofTheScraper.includes(label));
      return !samples.some(({ name, labels }) => name === metric && of.every((one) => fits(one, labels)));
    })
    .map(({ metric, matchers }) => `${where}: no series of ${metric} ${JSON.stringify(matchers)}`);
}

function fits({ label, op, value }: Matcher, labels: Readonly<Record<string, string>>): boolean {
  const held = labels[label] ?? '';
  const equal = op.endsWith('~') ? new RegExp(`^(?:${value})$`).test(held) : held === value;
  return op.startsWith('!') ? !equal : equal;
}

function parsed(text: string): PromQuery | string {
  try {
    return readPromql(text);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
