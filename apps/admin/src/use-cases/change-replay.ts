import { hasEnded, Rejected, type ReplayCommand } from '#domain';
import { Refused, requireScope, type Principal } from '#http-edge';
import type { AdminContext } from './admin-context.ts';
import { replayById } from './read-replays.ts';
import type { StartedReplay } from './start-replay.ts';

export type ReplayChange =
  | { readonly type: 'pause' | 'resume' | 'cancel' }
  | { readonly type: 'set-rate'; readonly ratePerSecond: number };

/** Losing to the job's own progress is nothing that a caller could do better about: all changes mean the same on any version. */
const TRIES = 10;

export async function changeReplay(
  context: AdminContext,
  principal: Principal,
  id: string,
  change: ReplayChange,
): Promise<StartedReplay> {
  requireScope(principal, 'deliveries:replay');
  for (let attempt = 1; ; attempt += 1) {
    const job = replayById(context, principal, id);
    const isRepeated = job.status === 'cancelled' && change.type === 'cancel';
    if (hasEnded(job) && !isRepeated) {
      throw new Refused('conflict', `replay ${id} is ${job.status}; start another one`);
    }
    try {
      const command: ReplayCommand = { ...change, at: context.now() };
      const { position } = await context.writer.replay(id, command, principal.actor);
      return { job: replayById(context, principal, id), position };
    } catch (error) {
      const wasRaced = error instanceof Rejected && error.code === 'conflict';
      if (!wasRaced || attempt === TRIES) throw error;
    }
  }
}
