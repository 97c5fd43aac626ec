import type { Broken } from '../judge/broken.ts';
import type { ChaosOptions } from '../plan/faults.ts';
import { replayOf } from './arguments.ts';
import type { ChaosReport } from './run-chaos.ts';

const EXAMPLES = 5;
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

/** What is printed at the end. The last line is one for scripts too. */
export function linesOf(options: ChaosOptions, report: ChaosReport): readonly string[] {
  const { verdict, recoveries, undisturbed, answers } = report;
  const { accepted, delivered, lost, duplicated, bound, ends } = verdict;
  const list = (counts: Iterable<readonly [string, number]>): string =>
    [...counts].map(([name, count]) => `${name} ${count}`).join(', ');
  return [
    '',
    'recovery, from the fault until deliveries to all healthy endpoints flow again:',
    ...recoveries.map(
      ({ at, what, recoveredMs, paused }) =>
        `+${(at / 1_000).toFixed(1).padStart(6)} s  ${paused === 0 ? 'no pause' : `${seconds(recoveredMs)} (${paused} endpoints)`}  ${what}`,
    ),
    '',
    `publish to receive at healthy endpoints, while nothing was wrong: p50 ${undisturbed.p50} ms, p99 ${undisturbed.p99} ms (${undisturbed.count})`,
    `answers: ${list([...answers].toSorted(([a], [b]) => a.localeCompare(b)))}`,
    `${report.requests} requests at receivers; ${report.repeated} publishes repeated without an answer, ${report.again} after one`,
    `deliveries ended: ${list(Object.entries(ends))}; all had their end ${seconds(report.settledMs)} after the last fault`,
    `secrets: a request was signed with one replaced ${seconds(report.stalestMs)} before at most`,
    `this harness: ${report.mostMb.toFixed(0)} MB at most`,
    ...brokenLines(verdict.broken, options),
    `accepted ${accepted}, delivered ${delivered}, lost ${lost}, duplicated ${duplicated}, bound ${bound}`,
  ];
}

function brokenLines(broken: readonly Broken[], options: ChaosOptions): readonly string[] {
  if (broken.length === 0) return ['no promise is broken'];
  const promises = new Map<string, readonly Broken[]>();
  for (const one of broken) promises.set(one.promise, [...(promises.get(one.promise) ?? []), one]);
  return [
    ...[...promises].flatMap(([promise, all]) => [
      `BROKEN ${promise}, ${all.length} times:`,
      ...all.slice(0, EXAMPLES).map(({ what }) => `  ${what}`),
    ]),
    `to run the same again: ${replayOf(options)}`,
  ];
}

/** For further use. */
export function asJson(options: ChaosOptions, report: ChaosReport): string {
  return `${JSON.stringify({ options, ...report, answers: Object.fromEntries(report.answers) }, undefined, 2)}\n`;
}
