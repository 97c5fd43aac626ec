import type { Minute } from '../ops-schema.ts';

/** Columns as charts take them: times in seconds, and per minute what came in, was tried, and went out. */
export interface MinuteColumns {
  readonly times: readonly number[];
  readonly accepted: readonly number[];
  readonly attempts: readonly number[];
  readonly delivered: readonly number[];
}

export function minuteColumns(minutes: readonly Minute[]): MinuteColumns {
  return {
    times: minutes.map(({ at }) => Date.parse(at) / 1_000),
    accepted: minutes.map(({ accepted }) => accepted),
    attempts: minutes.map(({ attempts }) => attempts),
    delivered: minutes.map(({ delivered }) => delivered),
  };
}

/** All of the hour together, for who cannot see the lines. */
export function hourTotals(minutes: readonly Minute[]): Omit<Minute, 'at'> {
  const sum = (count: (minute: Minute) => number) =>
    minutes.reduce((total, minute) => total + count(minute), 0);
  return {
    accepted: sum(({ accepted }) => accepted),
    attempts: sum(({ attempts }) => attempts),
    delivered: sum(({ delivered }) => delivered),
  };
}

/** Those that are over: the current one, the last, still grows. */
export function endedMinutes(minutes: readonly Minute[]): readonly Minute[] {
  return minutes.slice(0, -1);
}

export function latestFirst(minutes: readonly Minute[]): readonly Minute[] {
  return minutes.toReversed();
}
