import { describe, expect, it } from '@jest/globals';
import type { LogRecord } from '../../port/record.ts';
import { SharedBatches, type BatchName } from './shared-batches.ts';

const batch = (base: number, sum = 7): BatchName => ({ topic: 'outcomes', partition: 3, base, sum });
const records = (base: number, count: number): LogRecord[] =>
  Array.from({ length: count }, (_, n) => ({
    topic: 'outcomes',
    partition: 3,
    key: null,
    headers: {},
    value: new Uint8Array(),
    offset: base + n,
    appendedAt: 0,
  }));

describe('shared batches', () => {
  it('gives what one reader has read to each of the others, once', () => {
    const shared = new SharedBatches();
    for (let n = 0; n < 3; n += 1) shared.joined(['outcomes']);
    const read = records(0, 2);
    shared.keep(batch(0), read);
    expect(shared.take(batch(0))).toBe(read);
    expect(shared.take(batch(0))).toBe(read);
    expect(shared.take(batch(0))).toBeUndefined();
    expect(shared.size).toBe(0);
  });

  it('keeps nothing where nobody else reads, or does so no more', () => {
    const shared = new SharedBatches();
    shared.joined(['outcomes', 'events']);
    const left = shared.joined(['outcomes']);
    shared.keep({ ...batch(0), topic: 'events' }, records(0, 2));
    left();
    shared.keep(batch(0), records(0, 2));
    expect(shared.size).toBe(0);
  });

  it('counts a batch once that two readers have read at once', () => {
    const shared = new SharedBatches();
    for (let n = 0; n < 2; n += 1) shared.joined(['outcomes']);
    for (let n = 0; n < 2; n += 1) shared.keep(batch(0), records(0, 2));
    expect(shared.size).toBe(2);
    shared.take(batch(0));
    expect(shared.size).toBe(0);
  });

  it('does not take another batch that stood in the same place for the same', () => {
    const shared = new SharedBatches();
    for (let n = 0; n < 2; n += 1) shared.joined(['outcomes']);
    shared.keep(batch(0, 7), records(0, 2));
    expect(shared.take(batch(0, 8))).toBeUndefined();
  });

  it('drops the oldest beyond two thousand records: a reader that fell behind costs no memory', () => {
    const shared = new SharedBatches();
    for (let n = 0; n < 2; n += 1) shared.joined(['outcomes']);
    for (let n = 0; n < 30; n += 1) shared.keep(batch(n * 100), records(n * 100, 100));
    expect(shared.size).toBe(2_000);
    expect(shared.take(batch(900))).toBeUndefined();
    expect(shared.take(batch(1_000))).toHaveLength(100);
  });
});
