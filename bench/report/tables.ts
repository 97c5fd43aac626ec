import { lineOfFigure, ratioOf, whole } from '../cases/lines.ts';
import type { CaseResult } from '../cases/case-result.ts';
import type { Measured } from '../cases/bench-run.ts';
import type { ResultFile } from './result-file.ts';
import type { Told } from './with-later.ts';
import { cpuOf, latency, mid, NONE, p50Of, rateOf, spreadOf, writtenOf } from './figures.ts';
import { table } from './markdown.ts';

const measuredCases = ({ cases }: ResultFile): readonly CaseResult[] =>
  cases.filter(({ engine }) => engine.length > 0);

/** Engine beside bare loop, a row for each case that delivers. */
export function casesTable(result: ResultFile): string {
  const ratio = (of: CaseResult): string => {
    const value = ratioOf(of, of.rate === null ? rateOf : p50Of);
    return Number.isNaN(value) ? NONE : `${value.toFixed(2)}${of.rate === null ? '' : ' of p50'}`;
  };
  const rows = measuredCases(result).flatMap((of) => [
    [`**${of.case}**: ${of.title}`, ...columnsOf(of.engine), ratio(of)],
    ...(of.bareLoop.length === 0 ? [] : [['bare loop', ...columnsOf(of.bareLoop), '1']]),
  ]);
  return table(
    ['case', 'deliveries/s', 'accept→receive p50 / p99', 'CPU, µs', 'written, bytes', 'ratio'],
    rows,
  );
}

const columnsOf = (runs: readonly Measured[]): readonly string[] => [
  spreadOf(runs, rateOf),
  latency(runs),
  spreadOf(runs, cpuOf),
  whole(mid(runs, writtenOf)),
];

/** µs per delivery, a column for each process and store. */
export function rolesTable(result: ResultFile): string {
  const of = (name: string, runs: readonly Measured[]): { name: string; runs: readonly Measured[] } => ({
    name,
    runs,
  });
  const rows = measuredCases(result).flatMap((one) => [
    of(one.case, one.engine),
    ...(one.bareLoop.length === 0 ? [] : [of(`${one.case}, bare loop`, one.bareLoop)]),
  ]);
  const roles = [...new Set(rows.flatMap(({ runs }) => runs.flatMap(({ byRole }) => Object.keys(byRole))))];
  return table(
    ['µs of CPU per delivery', ...roles],
    rows.map(({ name, runs }) => [
      name,
      ...roles.map((role) => {
        const micros = mid(runs, ({ byRole }) => byRole[role]?.cpuMicros ?? Number.NaN);
        return Number.isNaN(micros) ? NONE : whole(micros);
      }),
    ]),
  );
}

/** What cases tell besides deliveries. */
export function figuresTable({ cases }: ResultFile): string {
  const rows = cases
    .filter(({ figures }) => figures.length > 0)
    .map((one) => [`**${one.case}**: ${one.title}`, one.figures.map(lineOfFigure).join(' · ')]);
  return table(['case', 'figures'], rows);
}

/** Whether load and receiver could have been the limit. */
export function peersTable(result: ResultFile): string {
  const share = (runs: readonly Measured[], peer: keyof Measured['peers']): string =>
    `${whole(100 * mid(runs, ({ peers }) => peers[peer]))} %`;
  return table(
    ['CPU of a core', 'load', 'receiver'],
    measuredCases(result).map(({ case: name, engine }) => [
      name,
      share(engine, 'load'),
      share(engine, 'receiver'),
    ]),
  );
}

export function machineLine({ machine, at, events, runs, again }: Told): string {
  const { cpu, cores, memoryGiB, system, node, kafka, java, postgres } = machine;
  const stores = `Kafka ${kafka}${java === null ? '' : ` on Java ${java}`}, PostgreSQL ${postgres}`;
  return (
    `${at.slice(0, 10)}: ${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system}, Node ${node.slice(1)}, ${stores}; ` +
    `${whole(events)} deliveries a saturated run, ${runs} runs of each case; medians, and from the least to the most.` +
    again.map((later) => ` Run again at ${later.at.slice(11, 16)}: ${later.cases.join(', ')}.`).join('')
  );
}
