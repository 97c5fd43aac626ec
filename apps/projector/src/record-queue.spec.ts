import type { LogRecord } from '#log';
import { describe, expect, it } from '@jest/globals';
import { RecordQueue } from './record-queue.ts';

const records = (...offsets: number[]): LogRecord[] =>
  offsets.map((offset) => ({
    topic: 'events',
    partition: 0,
    key: null,
    headers: {},
    value: new Uint8Array(10),
    offset,
    appendedAt: 0,
  }));
const offsets = (taken: readonly LogRecord[]) => taken.map(({ offset }) => offset);

describe('a record queue', () => {
  it('takes each record once, whatever a rebalance hands over again', () => {
    const queue = new RecordQueue(2);
    queue.accept(records(0, 1, 2, 3));
    queue.accept(records(1, 2, 3, 4));
    expect(offsets(queue.head(10, 1_000))).toEqual([2, 3, 4]);
    queue.dropBelow(4);
    queue.accept(records(2, 3, 4, 5));
    expect(offsets(queue.head(10, 1_000))).toEqual([4, 5]);
    expect([queue.records, queue.bytes, queue.tail]).toEqual([2, 20, 6]);
  });

  it('gives a head within the caps, but never nothing', () => {
    const queue = new RecordQueue(0);
    queue.accept(records(0, 1, 2, 3));
    expect(offsets(queue.head(3, 1_000))).toEqual([0, 1, 2]);
    expect(offsets(queue.head(10, 25))).toEqual([0, 1]);
    expect(offsets(queue.head(10, 1))).toEqual([0]);
  });

  it('begins anew where it is told to', () => {
    const queue = new RecordQueue(0);
    queue.accept(records(0, 1, 2));
    queue.restart(1);
    expect([queue.records, queue.bytes]).toEqual([0, 0]);
    queue.accept(records(0, 1, 2));
    expect(offsets(queue.head(10, 1_000))).toEqual([1, 2]);
  });
});
