import type { Metrics } from '#platform';

/** How far a group is behind the log, by topic. Several groups of one process tell of the same metric, each of its own. */
export function watchLag(
  metrics: Metrics,
  group: string,
  read: () => Promise<ReadonlyMap<string, number>>,
): void {
  metrics.gaugesOf(
    'hyperhook_consumer_lag_records',
    'Records that a group has not done, of the partitions that this process owns. Of the dispatcher in retry topics: what waits in that tier.',
    ['group', 'topic'],
    async () => [...(await read())].map(([topic, value]) => ({ labels: { group, topic }, value })),
  );
}
