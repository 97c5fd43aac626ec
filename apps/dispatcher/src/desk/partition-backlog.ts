import { scaled, tierDelayMs } from '#domain';
import { tierOf, type Group, type Stand, type TopicName } from '#log';
import type { OwnedPartition } from './owned-partition.ts';

/** One topic of one owned partition, as it stands now. Read when somebody scrapes; nothing is kept for it. */
export interface PartitionBacklog extends Stand {
  /** Epoch ms at which the oldest delivery that is not done was due; undefined: none is in memory. */
  readonly oldestDueAt: number | undefined;
}

/** Topics of which the group has not handed over anything yet are left out. */
export function backlogOf(
  { desk, tiers }: OwnedPartition,
  group: Pick<Group, 'position'>,
  timeScale: number,
): readonly PartitionBacklog[] {
  const { partition } = desk;
  const oldest = new Map<TopicName, number>();
  for (const { topic, appendedAt } of desk.recordsInHand()) {
    const known = oldest.get(topic);
    if (known === undefined || appendedAt < known) oldest.set(topic, appendedAt);
  }
  return [...desk.windows].flatMap(([topic, window]) => {
    const handedOver = group.position(topic, partition);
    // A window that has taken nothing does not know yet where it begins.
    const position = window.seen === 0 ? handedOver : window.lowWatermark;
    if (position === undefined) return [];
    const tier = tierOf(topic);
    const delayMs = tier === undefined ? 0 : scaled(tierDelayMs(tier), timeScale);
    const inHand = oldest.get(topic);
    const due = [inHand === undefined ? undefined : inHand + delayMs, tiers.headDueAt(topic)];
    const known = due.filter((at) => at !== undefined);
    return [{ topic, partition, position, oldestDueAt: known.length === 0 ? undefined : Math.min(...known) }];
  });
}
