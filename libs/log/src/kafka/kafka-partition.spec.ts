import { describe, expect, it } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { Feed } from '../core/feed.ts';
import type { LogRecord } from '../port/record.ts';
import { KafkaPartition } from './kafka-partition.ts';

const records = (from: number, to: number): LogRecord[] =>
  Array.from({ length: to - from }, (_, n) => ({
    topic: 'retry.2h',
    partition: 0,
    key: null,
    headers: {},
    value: new Uint8Array(10),
    offset: from + n,
    appendedAt: 0,
  }));

describe('a partition as it is fetched', () => {
  /** A reader that pauses itself after each slice of two, and has had the first of what was fetched up to `end`. */
  async function reading(end: number): Promise<{ source: KafkaPartition; feed: Feed; read: number[] }> {
    const source = new KafkaPartition('retry.2h', 0, () => {});
    const read: number[] = [];
    const feed: Feed = new Feed(
      source,
      0,
      { records: 2, bytes: 1e6 },
      {
        onRecords: (slice) => {
          feed.pause();
          read.push(...slice.map(({ offset }) => offset));
        },
        onError: (error) => {
          throw error;
        },
      },
    );
    source.feeds.add(feed);
    expect(source.aim()).toBe(0);
    source.fetched(0, records(0, end), end);
    await turn();
    expect(read).toEqual([0, 1]);
    return { source, feed, read };
  }

  it('lets go of what a reader does not take that is paused for long, and fetches it again where that one stands', async () => {
    const { source, feed, read } = await reading(6);
    source.rest();
    expect(source.end).toBe(6);
    source.rest();
    expect(source.end).toBe(2);
    feed.resume();
    expect(source.aim()).toBe(2);
    source.fetched(2, records(2, 6), 6);
    await turn();
    expect(read).toEqual([0, 1, 2, 3]);
  });

  it('keeps it for one that goes on meanwhile: back-pressure pauses often, and not for long', async () => {
    const { source, feed, read } = await reading(6);
    source.rest();
    feed.resume();
    source.rest();
    await turn();
    source.rest();
    expect(source.end).toBe(6);
    expect(read).toEqual([0, 1, 2, 3]);
  });

  it('passes over what was on its way for a piece that it has let go of', async () => {
    const { source, feed, read } = await reading(4);
    source.rest();
    source.rest();
    feed.resume();
    source.fetched(4, records(4, 6), 6);
    await turn();
    expect(read).toEqual([0, 1]);
    expect(source.aim()).toBe(2);
  });
});
