import type { Isolated, Overloaded } from './overload.ts';

/** Issue 5: resident memory of a process, in MB, whatever stands still. */
const MOST_MB = 400;
/** How much later the neighbours of a busy tenant may get theirs than with as much load of all alike. */
const TIMES_BASELINE = 2;

/** One line; returns how many promises were broken, each with a line of its own. */
export function sayOverloaded(what: string, one: Overloaded, mostMb = MOST_MB): number {
  const mb = [...one.mostMb].map(([app, most]) => `${app} ${most}`).join(', ');
  const answers = [...one.answers].map(([status, count]) => `${count} x ${status}`).join(', ');
  process.stdout.write(
    `${what}: accepted ${one.accepted}, lost ${one.lost}, sent again ${one.again}; answers ${answers || 'none'}, ` +
      `refused without Retry-After ${one.withoutRetryAfter}, ${one.unsent} not sent for want of a connection; ` +
      `MB at most: ${mb}; accepts again after ${seconds(one.acceptsAfter)}, all delivered after ${seconds(one.drainedAfter)}\n`,
  );
  return report(what, [
    ...[...one.mostMb]
      .filter(([, most]) => most > mostMb)
      .map(([app, most]) => `${app} had ${most} MB resident`),
    ...(one.lost > 0 ? [`${one.lost} lost`] : []),
    ...(one.withoutRetryAfter > 0 ? [`${one.withoutRetryAfter} were refused without Retry-After`] : []),
    ...(one.acceptsAfter === undefined ? ['nothing was accepted any more'] : []),
    ...one.ended.map((app) => `a process ended: ${app}`),
  ]);
}

export function sayIsolated(what: string, { alone, even, beside, lost }: Isolated): number {
  process.stdout.write(
    `${what}: the others' p99 ${alone} ms alone, ${even} ms with as much load spread evenly, ${beside} ms beside it (${(beside / even).toFixed(2)} times that, ${(beside / alone).toFixed(2)} times alone), lost ${lost}\n`,
  );
  return report(what, [
    ...(beside > even * TIMES_BASELINE
      ? [`the others waited ${(beside / even).toFixed(2)} times as long`]
      : []),
    ...(lost > 0 ? [`${lost} lost`] : []),
  ]);
}

function report(what: string, broken: readonly string[]): number {
  for (const one of broken) process.stdout.write(`  BROKEN ${what}: ${one}\n`);
  return broken.length;
}

const seconds = (ms: number | undefined): string =>
  ms === undefined ? 'never' : `${(ms / 1_000).toFixed(1)} s`;
