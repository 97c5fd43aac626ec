import { describe, expect, it } from '@jest/globals';
import { KafkaPartition } from './kafka-partition.ts';
import { Poll } from './poll.ts';
import { connections } from './wire/broker-call.ts';

const [a, b] = [0, 1].map((partition) => new KafkaPartition('events', partition, () => {})) as [
  KafkaPartition,
  KafkaPartition,
];

const pollOnce = (poll: Poll, partitions: readonly KafkaPartition[], bytes = 0) => {
  const pace = poll.begin(partitions);
  poll.ended(bytes);
  return pace;
};

describe('a long poll', () => {
  const pace = { firstMs: 100, gatherFrom: 100, gatherBytes: 1_000, gatherMs: 5, answerBytes: 9_000 };

  it('takes each record at once while few come, and gathers them where many do', () => {
    const poll = new Poll(connections.polls, pace);
    expect(pollOnce(poll, [a], 99)).toEqual({ minBytes: 1, waitMs: 100 });
    expect(pollOnce(poll, [a], 100)).toEqual({ minBytes: 1, waitMs: 100 });
    expect(pollOnce(poll, [a], 0)).toEqual({ minBytes: 1_000, waitMs: 5 });
    expect(pollOnce(poll, [a], 0)).toMatchObject({ minBytes: 1 });
  });

  it('stays longer and longer where nothing comes', () => {
    const poll = new Poll(connections.polls, pace);
    expect([1, 2, 3, 4, 5].map(() => pollOnce(poll, [a, b]).waitMs)).toEqual([100, 200, 400, 800, 1_000]);
  });

  it('comes back soon where others are wanted than before, or something came', () => {
    const poll = new Poll(connections.polls, pace);
    for (let n = 0; n < 4; n += 1) pollOnce(poll, [a]);
    expect(pollOnce(poll, [a, b]).waitMs).toBe(100);
    pollOnce(poll, [a, b], 1);
    expect(pollOnce(poll, [a, b]).waitMs).toBe(100);
  });

  it('knows for whom it is out', () => {
    const poll = new Poll(connections.polls, pace);
    poll.begin([a]);
    expect([poll.isBusy, poll.isOutFor(a), poll.isOutFor(b)]).toEqual([true, true, false]);
    poll.ended(0);
    expect([poll.isBusy, poll.isOutFor(a)]).toEqual([false, false]);
  });
});
