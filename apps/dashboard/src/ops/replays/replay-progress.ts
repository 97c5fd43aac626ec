import type { ReplayJob } from '../ops-schema.ts';

/** How much of a job is done, 0 to 1. One about nothing is done. */
export function doneShare({ total, remaining }: Pick<ReplayJob, 'total' | 'remaining'>): number {
  if (total <= 0) return 1;
  return Math.min(1, Math.max(0, (total - remaining) / total));
}

/** Whole per cent; never 100 while something remains, and `<1 %` once something is done. */
export function doneText(job: Pick<ReplayJob, 'total' | 'remaining'>): string {
  const share = doneShare(job);
  if (share === 0 || share === 1) return `${String(share * 100)} %`;
  if (share < 0.01) return '<1 %';
  return `${String(Math.min(99, Math.floor(share * 100)))} %`;
}

export function isOpen({ state }: Pick<ReplayJob, 'state'>): boolean {
  return state === 'running' || state === 'paused';
}

/** Those under way, and those that have ended; in both the latest first. The API gives the oldest first. */
export function byState<Job extends Pick<ReplayJob, 'state' | 'created_at' | 'updated_at'>>(
  jobs: readonly Job[],
): { readonly open: readonly Job[]; readonly ended: readonly Job[] } {
  const open = jobs.filter(isOpen).sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
  const ended = jobs
    .filter((job) => !isOpen(job))
    .sort((a, b) => Date.parse(b.updated_at) - Date.parse(a.updated_at));
  return { open, ended };
}

/** What was not sent, and how many of each: those that are any. */
export function skipsOf({ skipped }: Pick<ReplayJob, 'skipped'>): readonly (readonly [Skip, number])[] {
  return (Object.entries(skipped) as [Skip, number | undefined][]).flatMap(([why, count]) =>
    count === undefined || count === 0 ? [] : [[why, count] as const],
  );
}

export type Skip = keyof ReplayJob['skipped'];
