import type { TopicName } from '../topics.ts';
import { assign, type Claimant } from './assignment.ts';
import { partitionsOf, type JoinAnswer } from './cluster.ts';
import type { Cluster } from 'kafkajs';
import type { CoordinatorLink } from './coordinator-link.ts';
import { PROTOCOL, readAssignment, readMember, writeAssignment, writeMember } from './group-words.ts';
import type { TopicNames } from './topic-names.ts';

export interface GroupDoorWorld {
  readonly link: CoordinatorLink;
  readonly groupId: string;
  readonly names: TopicNames;
  readonly topics: readonly TopicName[];
  readonly sessionTimeoutMs: number;
  /** How long the group waits for its members to join. Not for those that no session keeps: they are let go before. */
  readonly rebalanceTimeoutMs: number;
}

/** How a member comes into its group, and what it is given there. */
export class GroupDoor {
  readonly #world: GroupDoorWorld;
  readonly #counts = new Map<TopicName, number>();

  constructor(world: GroupDoorWorld) {
    this.#world = world;
  }

  /** Before the first entry: how many partitions there are to share out. */
  async count(cluster: Cluster): Promise<void> {
    const { names, topics } = this.#world;
    for (const topic of topics) this.#counts.set(topic, await partitionsOf(cluster, names, topic));
  }

  partitionsOf(topic: TopicName): number {
    return this.#counts.get(topic) ?? 0;
  }

  /**
   * Blocks until all members have come, or are let go of: whoever lives hears of it with its next heartbeat, and enters
   * without waiting for anything it drains.
   */
  enter(me: Claimant): Promise<JoinAnswer> {
    const { link, groupId, names, topics, sessionTimeoutMs, rebalanceTimeoutMs } = this.#world;
    const metadata = writeMember(
      topics.map((topic) => names.of(topic)),
      me,
    );
    return link.ask((coordinator) =>
      coordinator.joinGroup({
        groupId,
        sessionTimeout: sessionTimeoutMs,
        rebalanceTimeout: rebalanceTimeoutMs,
        memberId: me.memberId,
        groupProtocols: [{ name: PROTOCOL, metadata }],
      }),
    );
  }

  /** What this member is given; the one that the group made its leader shares out. */
  async given(answer: JoinAnswer): Promise<ReadonlySet<number>> {
    const { link, groupId } = this.#world;
    const { generationId, memberId } = answer;
    const groupAssignment = answer.leaderId === memberId ? this.#share(answer) : [];
    const { memberAssignment } = await link.ask((coordinator) =>
      coordinator.syncGroup({ groupId, generationId, memberId, groupAssignment }),
    );
    return readAssignment(memberAssignment);
  }

  #share(answer: JoinAnswer) {
    const shares = assign(answer.members.map(readMember), Math.max(...this.#counts.values()));
    return [...shares].map(([memberId, partitions]) => ({
      memberId,
      memberAssignment: writeAssignment(this.#world.names, this.#counts, partitions),
    }));
  }
}
