import { setTimeout as delay } from 'node:timers/promises';
import { progressBar } from '#platform';
import type { Around } from '../around.ts';
import { PassingLine } from '../output/passing-line.ts';
import type { Column } from '../output/table.ts';
import type { Client } from '../rest/client.ts';

/** A job as the API shows it. */
export interface Replay {
  readonly id: string;
  readonly tenant: string;
  readonly state: string;
  readonly what: string;
  readonly rate: number;
  readonly total: number;
  readonly done: number;
  readonly asked: number;
  readonly skipped: Readonly<Record<string, number>>;
  readonly created_at: string;
  /** What became of what it asked for; only where one job is shown. */
  readonly outcomes?: Readonly<Record<string, number>>;
}

/** What a dry run answers. */
export interface DryRun {
  readonly dry_run: true;
  readonly total: number;
  readonly to_send: number;
  readonly skipped: Readonly<Record<string, number>>;
  readonly up_to_date: boolean;
}

const LOOK_MS = 300;

export const replayPath = (id: string | undefined, action = ''): string =>
  `/replays/${encodeURIComponent(id ?? '')}${action}`;

/** `2 webhook_deleted, 1 event_gone`; null: none. */
export function countsText(counts: Readonly<Record<string, number>>): string | null {
  const texts = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} ${what}`);
  return texts.length === 0 ? null : texts.join(', ');
}

export const replayColumns: readonly Column<Replay>[] = [
  { head: 'id', of: ({ id }) => id },
  { head: 'state', of: ({ state }) => state },
  { head: 'what', of: ({ what }) => what },
  { head: 'done', of: ({ done, total }) => `${done}/${total}` },
  { head: 'tenant', of: ({ tenant }) => tenant },
  { head: 'created', of: (replay) => replay.created_at },
];

export const replayFields = (replay: Replay): readonly (readonly [string, unknown])[] => [
  ['id', replay.id],
  ['state', replay.state],
  ['what', replay.what],
  ['done', `${replay.done} of ${replay.total}`],
  ['asked for', replay.asked],
  ['skipped', countsText(replay.skipped)],
  ['outcomes', replay.outcomes === undefined ? null : countsText(replay.outcomes)],
  ['rate', `${replay.rate}/s`],
  ['tenant', replay.tenant],
  ['created', replay.created_at],
];

/** Shows how far a job has got until it has ended, is paused, or nobody wants to watch any more; the job goes on. */
export async function watchReplay(
  client: Client,
  id: string,
  { stderr, interrupted }: Pick<Around, 'stderr' | 'interrupted'>,
): Promise<Replay> {
  const passing = new PassingLine(stderr);
  const began = performance.now();
  try {
    for (;;) {
      const replay = await client.call<Replay>('GET', replayPath(id));
      if (replay.state !== 'running' || interrupted.aborted) return replay;
      const { done, total } = replay;
      passing.show(progressBar({ done, total, unit: 'deliveries' }, performance.now() - began));
      await delay(LOOK_MS, undefined, { signal: interrupted }).catch(() => {});
    }
  } finally {
    passing.clear();
  }
}
