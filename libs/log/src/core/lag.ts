import type { Log } from '../port/log.ts';
import type { TopicName } from '../topics.ts';

/** How far one reader has got in one partition: the offset of the first record that is not done. */
export interface Stand {
  readonly topic: TopicName;
  readonly partition: number;
  readonly position: number;
}

/**
 * Records between where readers stand and the end of the log, by topic. Asks the log for the ends of each topic once. Where
 * a log has holes (records that retention or a broker took out) it is an upper bound.
 */
export async function lagByTopic(
  log: Pick<Log, 'endOffsets'>,
  stands: Iterable<Stand>,
): Promise<ReadonlyMap<TopicName, number>> {
  const byTopic = Map.groupBy(stands, ({ topic }) => topic);
  const lags = [...byTopic].map(async ([topic, own]): Promise<[TopicName, number]> => {
    const ends = await log.endOffsets(topic);
    const behind = own.map(({ partition, position }) => Math.max(0, (ends[partition] ?? 0) - position));
    return [topic, behind.reduce((sum, records) => sum + records, 0)];
  });
  return new Map(await Promise.all(lags));
}
