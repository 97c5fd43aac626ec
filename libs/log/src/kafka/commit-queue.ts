import type { Fence } from '../core/claim.ts';
import type { Committed } from '../port/group.ts';
import type { CoordinatorLink } from './coordinator-link.ts';

export interface Commit {
  /** The topic's name at the broker. */
  readonly name: string;
  readonly partition: number;
  readonly committed: Committed;
  readonly fence: Fence;
}

interface Waiting extends Commit {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export interface CommitQueueWorld {
  readonly link: Pick<CoordinatorLink, 'ask'>;
  readonly groupId: string;
  readonly generation: () => number;
}

/**
 * Sends the commits of one member: one request in flight, and whatever gathered meanwhile is the next one. A coordinator
 * pays for each request, hardly for what is in it.
 *
 * 1. What is no longer held when its request is made is not sent, and counts as done: it belongs to a claim that is over
 *    (R11).
 * 2. A refusal is of all that were in the request: each caller decides alone whether to come again. Later commits of a
 *    partition never overtake earlier ones, since there is one request at a time, in the order of asking.
 */
export class CommitQueue {
  readonly #world: CommitQueueWorld;
  #waiting: Waiting[] = [];
  #isSending = false;

  constructor(world: CommitQueueWorld) {
    this.#world = world;
  }

  commit(commit: Commit): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...commit, resolve, reject });
      if (this.#isSending) return;
      this.#isSending = true;
      // What is asked for in the same turn goes together.
      queueMicrotask(() => void this.#sendAll());
    });
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      for (const [memberId, own] of Map.groupBy(batch, ({ fence }) => fence.memberId)) {
        try {
          await this.#send(memberId, own);
          for (const { resolve } of own) resolve();
        } catch (error) {
          for (const { reject } of own) reject(error);
        }
      }
    }
    this.#isSending = false;
  }

  #send(memberId: string, batch: readonly Commit[]): Promise<void> {
    const { link, groupId, generation } = this.#world;
    return link.ask(async (coordinator) => {
      const held = batch.filter(({ fence }) => fence.isHeld);
      if (held.length === 0) return;
      await coordinator.offsetCommit({
        groupId,
        groupGenerationId: generation(),
        memberId,
        topics: [...Map.groupBy(held, ({ name }) => name)].map(([topic, own]) => ({
          topic,
          partitions: lastOfEach(own).map(({ partition, committed: { offset, metadata } }) => ({
            partition,
            offset: String(offset),
            metadata,
          })),
        })),
      });
    });
  }
}

/** A partition is named once in a request. */
function lastOfEach(commits: readonly Commit[]): readonly Commit[] {
  return [...new Map(commits.map((one) => [one.partition, one])).values()];
}
