import type { Fence } from '../core/claim.ts';
import { topicPartition, type TopicPartition } from '../core/pausing.ts';
import type { Committed } from '../port/group.ts';
import type { TopicName } from '../topics.ts';
import { CommitQueue } from './commit-queue.ts';
import type { CoordinatorLink } from './coordinator-link.ts';
import type { Gate } from './gate.ts';
import { refusalOf } from './group-refusals.ts';
import { backoff, patiently } from './patience.ts';
import { toLogError } from './to-log-error.ts';
import type { TopicNames } from './topic-names.ts';
import { waitFor } from './wait-for.ts';

export interface GroupOffsetsWorld {
  /** Not the one for joins: a commit is not to wait until the group has shared out anew. */
  readonly link: CoordinatorLink;
  readonly groupId: string;
  readonly names: TopicNames;
  readonly signal: AbortSignal;
  /** Closed while the group shares out anew. */
  readonly settled: Gate;
  readonly generation: () => number;
  readonly onRefused: () => void;
}

/** How long a commit waits for the group to settle, or for a log that is away: a leaving member must not hang on it. */
const COMMIT_WAITS_MS = 5_000;
/** In all, while the coordinator answers: sharing out anew takes a heartbeat of the slowest member, several times over. */
const COMMIT_WITHIN_MS = 20_000;

/**
 * Where one member's group stands in each partition.
 *
 * 1. A commit carries the member id of the claim it was asked under and the generation of the moment in which it is sent:
 *    the broker refuses one of a member that was let go, or that comes after the group shared out anew.
 * 2. It is sent only while that claim is held, looked at in the very turn of the sending. A partition reaches its next
 *    owner by a later generation than any in which it was held here, so the two together leave no way to rewind it.
 * 3. Refusals are normal while the group shares out anew, once all its members have come: tried again under the same two
 *    conditions. Only one that knew of no sharing out joins again for it: else two that leave would keep each other at it.
 * 4. One that is tried again does not follow a later one of its partition: what was asked for last stands (R10).
 */
export class GroupOffsets {
  readonly #world: GroupOffsetsWorld;
  readonly #queue: CommitQueue;
  /** What was asked for last, by topic and partition. */
  readonly #latest = new Map<TopicPartition, Committed>();

  constructor(world: GroupOffsetsWorld) {
    this.#world = world;
    this.#queue = new CommitQueue(world);
  }

  async committed(topic: TopicName, partition: number): Promise<Committed | undefined> {
    const { link, groupId, names, signal } = this.#world;
    return patiently(async () => {
      // The types ask for an offset, which the request does not have.
      const topics = [{ topic: names.of(topic), partitions: [{ partition, offset: '' }] }];
      const { responses } = await link.ask((coordinator) => coordinator.offsetFetch({ groupId, topics }));
      const found = responses[0]?.partitions[0] as { offset: string; metadata?: string | null } | undefined;
      if (found === undefined || Number(found.offset) < 0) return undefined;
      return { offset: Number(found.offset), metadata: found.metadata ?? '' };
    }, signal);
  }

  async commit(topic: TopicName, partition: number, committed: Committed, fence: Fence): Promise<void> {
    const { names, settled, generation, onRefused, signal } = this.#world;
    const place = topicPartition(topic, partition);
    this.#latest.set(place, committed);
    const began = performance.now();
    for (let tries = 0; ; tries += 1) {
      if (!fence.isHeld || this.#latest.get(place) !== committed) return;
      const under = generation();
      try {
        return await this.#queue.commit({ name: names.of(topic), partition, committed, fence });
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal !== undefined && settled.isOpen && generation() === under) onRefused();
        if (refusal === 'expelled') return;
        const refused = toLogError(error);
        const within = refusal === 'rejoin' ? COMMIT_WITHIN_MS : COMMIT_WAITS_MS;
        if (!refused.retryable || performance.now() - began > within) throw refused;
        if (refusal === 'rejoin') await waitFor(settled.passed(), COMMIT_WAITS_MS);
      }
      await backoff(tries, signal);
    }
  }
}
