import { setTimeout as delay } from 'node:timers/promises';
import type { ReplayJob } from '#control';
import { Rejected, skippedOf, type ReplayProgress } from '#domain';
import { partitionOf } from '#log';
import type { ReplayBounds } from '#read-model';
import { askedBefore } from './asked-before.ts';
import { askPage } from './page-asking.ts';
import { Pace } from './pace.ts';
import { REPLAYS, type ReplayWorld } from './replay-world.ts';
import { tablesPassed } from './tables-passed.ts';

const MIN_PAGE = 20;
const MAX_PAGE = 1_000;
/** Progress is a fact that is kept for ever: one for so many seconds is often enough. */
const SECONDS_A_PAGE = 5;
const NOT_FRESH_MS = 500;

export interface Carrier {
  /** Is this process the one that carries jobs on, as far as anybody can know? */
  readonly mayAct: () => boolean;
  readonly signal: AbortSignal;
}

/**
 * Carries one job on until it is paused, has ended, or somebody else is to carry it on.
 *
 * Invariants
 * 1. All chains of a job have one number, the position of the fact that started it: whoever asks for one of them a second
 *    time asks for a copy (R2).
 * 2. What a job is about stands still: the deliveries as they were when it began, in the order of their acceptance. What
 *    changed later is not among them; what the job has asked for itself is told by its number. Nothing is looked at
 *    before the tables have passed what the log held when the job was taken up.
 * 3. Its progress is a fact that names the one it follows. Of two processes that carry it on, the second is refused, and
 *    begins again from what the first wrote.
 * 4. What was asked for after the last progress is found in `deliveries` from the offset on that the progress names, and
 *    is read before anything is asked for: a crash repeats nothing, however long ago it was.
 * 5. So R3, which remembers ten minutes, is needed for two things only, and both follow the first record at once: an
 *    append that is sent again because nothing is known about it, and one that a process had under way when it lost the
 *    jobs. That one is no longer asked for once its heartbeat is late (R9).
 */
export async function carryOn(world: ReplayWorld, id: string, { mayAct, signal }: Carrier): Promise<void> {
  const { control, log, history } = world;
  const running = (): ReplayJob | undefined => {
    const job = control.table.replay(id);
    return job?.status === 'running' ? job : undefined;
  };
  const first = running();
  if (first === undefined) return;
  const partition = partitionOf(first.tenantId, world.partitions);
  while (!(await tablesPassed(world, partition, { withinMs: 5_000, signal }))) {
    world.logger.info({ replay: id, partition }, 'replay waits for the tables');
  }
  const before = await askedBefore(log, partition, first);
  const pace = new Pace();
  while (!signal.aborted) {
    const job = running();
    if (job === undefined) return;
    if (!mayAct()) {
      await delay(NOT_FRESH_MS, undefined, { signal });
      continue;
    }
    const contract = world.contracts.get(control.table.tenant(job.tenantId)?.contract ?? '');
    if (contract === undefined)
      throw new Error(`the contract of tenant ${job.tenantId} is not installed here`);
    const page = await history.replayPage(boundsOf(job), job.progress.cursor, pageSize(job));
    if (page.length === 0) return finish(world, job);
    const mayGoOn = () => !signal.aborted && mayAct() && running()?.ratePerSecond === job.ratePerSecond;
    const progress = await askPage(world, page, { job, contract, partition, before, pace, mayGoOn, signal });
    if (progress.cursor === job.progress.cursor) continue;
    await writeDown(world, job, 'advance', progress);
  }
}

/** The tables as the job looks at them. */
function boundsOf({ tenantId, selection, createdAt, chain }: ReplayJob): ReplayBounds {
  return { tenantId, selection, startedAt: createdAt, chain };
}

function pageSize({ ratePerSecond }: ReplayJob): number {
  return Math.min(MAX_PAGE, Math.max(MIN_PAGE, ratePerSecond * SECONDS_A_PAGE));
}

/** Counted and not met: asked for by somebody else since, or gone from the tables. */
async function finish(world: ReplayWorld, job: ReplayJob): Promise<void> {
  const { total, progress } = job;
  const unmet = total - progress.asked - skippedOf(progress);
  const skipped =
    unmet > 0
      ? { ...progress.skipped, changed_meanwhile: (progress.skipped.changed_meanwhile ?? 0) + unmet }
      : progress.skipped;
  if (unmet > 0) world.metrics.skipped('changed_meanwhile', unmet);
  await writeDown(world, job, 'finish', { ...progress, skipped });
  world.logger.info({ replay: job.id, asked: progress.asked, skipped }, 'replay finished');
}

/** Somebody who pauses the job at this moment takes nothing from what was asked for: it is decided again. */
async function writeDown(
  world: ReplayWorld,
  { id, page }: ReplayJob,
  type: 'advance' | 'finish',
  progress: ReplayProgress,
): Promise<void> {
  for (;;) {
    try {
      await world.writer.replay(id, { type, page, progress, at: world.now() }, REPLAYS);
      return;
    } catch (error) {
      const wasRaced = error instanceof Rejected && error.code === 'conflict';
      // Of another page: somebody else carries it on (invariant 3).
      if (!wasRaced || world.control.table.replay(id)?.page !== page) throw error;
    }
  }
}
