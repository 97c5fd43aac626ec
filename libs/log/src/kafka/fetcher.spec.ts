import { afterEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#testkit';
import { fakeLeader } from '../../fixtures/fake-leader.ts';
import { Feed } from '../core/feed.ts';
import { Fetcher } from './fetcher.ts';
import { KafkaPartition } from './kafka-partition.ts';
import { TopicNames } from './topic-names.ts';

/** A reader of its own of the same partition, as each follower is. */
function follow(fetcher: Fetcher, from: number): number[] {
  const read: number[] = [];
  const source = new KafkaPartition('outcomes', 0, (wanting) => fetcher.want(wanting));
  const caps = { records: 100, bytes: 1e6 };
  const feed = new Feed(source, from, caps, {
    onRecords: (records) => void read.push(...records.map(({ offset }) => offset)),
    onError: (error) => {
      throw error;
    },
  });
  source.feeds.add(feed);
  feed.wake();
  return read;
}

describe('several readers of one partition in one process', () => {
  let fetcher: Fetcher;
  afterEach(() => fetcher.stop());

  // Nothing new for anybody who stands at the end: an answer comes at once all the same, so that no test waits for one.
  const leader = () =>
    fakeLeader('t.outcomes', 10, async () => {
      await new Promise((resolve) => setTimeout(resolve, 2));
      return 10;
    });

  it('all get what they have not had, also one that is behind another which has had it all', async () => {
    const { cluster } = leader();
    fetcher = new Fetcher(cluster, new TopicNames('t.'), { isAlone: false });
    const ahead = follow(fetcher, 0);
    await eventually(() => expect(ahead).toHaveLength(10));
    const behind = [follow(fetcher, 4), follow(fetcher, 7), follow(fetcher, 4)];
    await eventually(() => expect(behind.map((read) => read[0])).toEqual([4, 7, 4]));
    expect(behind.map((read) => read.at(-1))).toEqual([9, 9, 9]);
  });

  it('do not wait while metadata is asked for: its answer may stand behind a long poll', async () => {
    const { cluster } = leader();
    const waits = { ...cluster, refreshMetadataIfNecessary: () => new Promise<void>(() => {}) };
    fetcher = new Fetcher(waits, new TopicNames('t.'), { isAlone: false });
    const read = follow(fetcher, 0);
    await eventually(() => expect(read).toHaveLength(10));
  });

  it('that stand at one place are asked for once', async () => {
    const { cluster, asked } = leader();
    fetcher = new Fetcher(cluster, new TopicNames('t.'), { isAlone: false });
    const read = [follow(fetcher, 0), follow(fetcher, 0)];
    await eventually(() => expect(read.map(({ length }) => length)).toEqual([10, 10]));
    expect(asked.filter((from) => from === 0)).toHaveLength(1);
  });
});
