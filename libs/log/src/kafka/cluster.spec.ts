import { describe, expect, it } from '@jest/globals';
import type { Cluster } from 'kafkajs';
import { partitionsOf } from './cluster.ts';
import { TopicNames } from './topic-names.ts';

/** As kafkajs is after its first asking for a topic failed on the way: it has noted the topic, and knows nothing of it. */
function clusterThatNoted(partitions: number) {
  let known = 0;
  const cluster = {
    connect: () => Promise.resolve(),
    addMultipleTargetTopics: () => Promise.resolve(),
    findTopicPartitionMetadata: () => Array.from({ length: known }, (_, partitionId) => ({ partitionId })),
    refreshMetadata: () => {
      known = partitions;
      return Promise.resolve();
    },
  };
  return cluster as unknown as Cluster;
}

describe('partitions of a topic', () => {
  it('are asked for again where an earlier asking failed on its way', async () => {
    expect(await partitionsOf(clusterThatNoted(8), new TopicNames(''), 'events')).toBe(8);
  });

  it('a topic that the cluster does not have is told so; one that was seen before is only away', async () => {
    const names = new TopicNames('');
    const missing = partitionsOf(clusterThatNoted(0), names, 'events');
    await expect(missing).rejects.toMatchObject({ code: 'topic_mismatch' });
    names.saw('events');
    const away = partitionsOf(clusterThatNoted(0), names, 'events');
    await expect(away).rejects.toMatchObject({ code: 'log_unavailable' });
  });
});
