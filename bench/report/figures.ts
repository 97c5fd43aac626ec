import type { Measured } from '../cases/bench-run.ts';
import type { CaseResult } from '../cases/case-result.ts';
import { ms, whole } from '../cases/lines.ts';
import { median } from '../machine/statistics.ts';
import type { ResultFile } from './result-file.ts';

export type FigureOf = (one: Measured) => number;

export const rateOf: FigureOf = (one) => one.deliveriesPerSecond;
export const acceptedOf: FigureOf = (one) => one.acceptedPerSecond;
export const cpuOf: FigureOf = (one) => one.cpuMicros;
export const writtenOf: FigureOf = (one) => one.writtenBytes;
export const p50Of: FigureOf = (one) => one.acceptToReceive.p50;
export const p99Of: FigureOf = (one) => one.acceptToReceive.p99;

/** Nothing was run: no figure, which reads as a dash. */
export const NONE = '–';

export function mid(runs: readonly Measured[], figure: FigureOf): number {
  return median(runs.map(figure));
}

/** `1,234 (1,200–1,300)`: median and spread. */
export function spreadOf(runs: readonly Measured[], figure: FigureOf, say = whole): string {
  if (runs.length === 0) return NONE;
  const all = runs.map(figure);
  return `${say(mid(runs, figure))} (${say(Math.min(...all))}–${say(Math.max(...all))})`;
}

export const latency = (runs: readonly Measured[]): string =>
  runs.length === 0 ? NONE : `${ms(mid(runs, p50Of))} / ${ms(mid(runs, p99Of))}`;

export const caseOf = ({ cases }: ResultFile, name: string): CaseResult | undefined =>
  cases.find((one) => one.case === name);

/** Undefined where nothing was run. */
export const said = (value: number, text: string): string | undefined =>
  Number.isFinite(value) ? text : undefined;

/** Of the MiB that processes are measured in. */
export const megabytesOf = (mebibytes: number): number => mebibytes * 1.048576;

/** Median of a further figure; NaN where there is none. */
export function figureOf(result: ResultFile, name: string, figure: string): number {
  const found = caseOf(result, name)?.figures.find((one) => one.name === figure);
  return median(found?.values ?? []);
}
