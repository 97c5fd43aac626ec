import { ms, whole } from '../cases/lines.ts';
import { median } from '../machine/statistics.ts';
import { acceptedOf, caseOf, figureOf, megabytesOf, mid, NONE, said } from './figures.ts';
import type { Goal } from './goal.ts';
import type { ResultFile } from './result-file.ts';

const percent = (ratio: number): string => `${ratio < 1 ? '−' : '+'}${whole(100 * Math.abs(ratio - 1))} %`;

/** Goals for which nobody else has told a figure. */
export function furtherGoals(result: ResultFile): readonly Goal[] {
  const figure = (name: string, of: string): number => figureOf(result, name, of);
  const largest = (name: string, unit: string, of: string): number =>
    Math.max(
      ...(caseOf(result, name)?.figures ?? [])
        .filter((one) => one.unit === unit && one.name.endsWith(of))
        .map(({ values }) => median(values)),
    );
  const accepted = mid(caseOf(result, 'batch')?.engine ?? [], acceptedOf);
  const alone = figure('publish', 'REST, 100 a request: accepted');
  const lateness = figure('waiting', 'retry lateness p99');
  const speed = figure('waiting', 'deliveries/s with most to none');
  const memory = mostWaiting(result).dispatcher / figure('waiting', 'with 0: dispatcher');
  const ready = {
    seconds: largest('endpoints', 's', 'ready'),
    megabytes: megabytesOf(largest('endpoints', 'MiB', 'ready')),
  };
  const idle = figure('idle', 'engine');
  const goal = (what: string, goals: string, is: string | undefined, isMet: boolean): Goal => ({
    what,
    svix: NONE,
    outpost: NONE,
    bare: NONE,
    goal: goals,
    is,
    isMet,
  });
  const neighbours = {
    alone: figure('busy-neighbour', 'p99 alone'),
    same: figure('busy-neighbour', 'p99 beside it, on its partition'),
    other: figure('busy-neighbour', 'p99 beside it, on another'),
  };
  return [
    goal(
      'one tenant makes 90 % of the load: p99 of another on its partition / on another partition',
      'within twice that without it',
      said(
        neighbours.same,
        `${ms(neighbours.same)} / ${ms(neighbours.other)} (without it ${ms(neighbours.alone)})`,
      ),
      Math.max(neighbours.same, neighbours.other) <= 2 * neighbours.alone,
    ),
    goal(
      'batch publish (100 events a request): accepted/s',
      '≥ 8,000',
      said(
        accepted,
        `${whole(accepted)} while all is delivered${said(alone, `, ${whole(alone)} by itself`) ?? ''}`,
      ),
      accepted >= 8_000 || alone >= 8_000,
    ),
    goal('retry lateness p99 with 100,000 waiting', '< 50 ms', said(lateness, ms(lateness)), lateness < 50),
    goal(
      `with ${mostWaiting(result).count} waiting: deliveries/s / memory of the dispatcher`,
      'unchanged (±10 %; faster or smaller is as well)',
      said(speed * memory, `${percent(speed)} / ${percent(memory)}`),
      speed >= 0.9 && memory <= 1.1,
    ),
    goal(
      '100,000 endpoints: ready / memory, the largest process',
      '< 5 s / < 300 MB',
      said(ready.seconds, `${ready.seconds.toFixed(1)} s / ${whole(ready.megabytes)} MB`),
      ready.seconds < 5 && ready.megabytes < 300,
    ),
    goal('idle engine, of a core', '< 3 %', said(idle, `${idle.toFixed(1)} %`), idle < 3),
  ];
}

/** 1,000,000 where that was asked for, else 100,000. */
function mostWaiting(result: ResultFile): { readonly count: string; readonly dispatcher: number } {
  const found = ['1,000,000', '100,000'].map((count) => ({
    count,
    dispatcher: figureOf(result, 'waiting', `with ${count}: dispatcher`),
  }));
  return found.find(({ dispatcher }) => Number.isFinite(dispatcher)) ?? { count: '100,000', dispatcher: NaN };
}
