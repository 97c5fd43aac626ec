import { AssignerProtocol } from 'kafkajs';
import type { TopicName } from '../topics.ts';
import type { Claimant } from './assignment.ts';
import type { JoinAnswer } from './cluster.ts';
import type { TopicNames } from './topic-names.ts';

const { MemberAssignment, MemberMetadata } = AssignerProtocol;

/** Of the way to share out; members of a group must agree on it, so a change of meaning needs another name. */
export const PROTOCOL = 'hyperhook-co-partitioned-1';
const VERSION = 0;

/** What a member says of itself when it joins. Topics stand where Kafka's own tools look for them. */
export function writeMember(topics: readonly string[], claimant: Claimant): Buffer {
  const { owned, generation, isLeaving } = claimant;
  const userData = Buffer.from(JSON.stringify({ owned, generation, leaving: isLeaving }));
  return MemberMetadata.encode({ version: VERSION, topics: [...topics], userData });
}

/** A member that says nothing of what it owns owns nothing. */
export function readMember({ memberId, memberMetadata }: JoinAnswer['members'][number]): Claimant {
  const text = MemberMetadata.decode(memberMetadata)?.userData.toString() ?? '';
  try {
    const said = JSON.parse(text) as Readonly<Record<'owned' | 'generation' | 'leaving', unknown>>;
    const owned = Array.isArray(said.owned)
      ? said.owned.filter((one): one is number => Number.isInteger(one))
      : [];
    const generation = typeof said.generation === 'number' ? said.generation : -1;
    return { memberId, owned, generation, isLeaving: said.leaving === true };
  } catch {
    return { memberId, owned: [], generation: -1, isLeaving: false };
  }
}

/** Partition p of each topic that has one. */
export function writeAssignment(
  names: TopicNames,
  counts: ReadonlyMap<TopicName, number>,
  partitions: readonly number[],
): Buffer {
  const assignment: Record<string, number[]> = {};
  for (const [topic, count] of counts) {
    assignment[names.of(topic)] = partitions.filter((partition) => partition < count);
  }
  return MemberAssignment.encode({ version: VERSION, assignment, userData: Buffer.alloc(0) });
}

export function readAssignment(assignment: Buffer): ReadonlySet<number> {
  const decoded = assignment.byteLength === 0 ? null : MemberAssignment.decode(assignment);
  return new Set(Object.values(decoded?.assignment ?? {}).flat());
}
