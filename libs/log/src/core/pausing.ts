import type { Group } from '../port/group.ts';
import type { TopicName } from '../topics.ts';

export type TopicPartition = `${TopicName}/${number}`;

export const topicPartition = (topic: TopicName, partition: number): TopicPartition =>
  `${topic}/${partition}`;

/**
 * Makes `current` (what this member paused) equal to `wanted`, by the difference. Desired state instead of pause and
 * resume at every corner: a pause that is never undone is the classic way for a partition to stop silently.
 *
 * `current` belongs to one membership: drop the entries of a partition when it is lost, and all with a new member id.
 */
export function reconcilePauses(
  wanted: ReadonlySet<TopicPartition>,
  current: Set<TopicPartition>,
  group: Pick<Group, 'pause' | 'resume'>,
): void {
  for (const key of wanted) {
    if (current.has(key)) continue;
    const [topic, partition] = parse(key);
    group.pause(topic, partition);
    current.add(key);
  }
  for (const key of current) {
    if (wanted.has(key)) continue;
    const [topic, partition] = parse(key);
    group.resume(topic, partition);
    current.delete(key);
  }
}

function parse(key: TopicPartition): [TopicName, number] {
  const slash = key.lastIndexOf('/');
  return [key.slice(0, slash) as TopicName, Number(key.slice(slash + 1))];
}
