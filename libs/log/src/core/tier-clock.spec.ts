import { describe, expect, it } from '@jest/globals';
import type { LogRecord } from '../port/record.ts';
import { TierClock, WaitingBudget } from './tier-clock.ts';

const record = (offset: number, appendedAt: number, size = 1): LogRecord => ({
  topic: 'retry.4s',
  partition: 0,
  key: null,
  headers: {},
  value: new Uint8Array(size),
  offset,
  appendedAt,
});
const offsets = (records: readonly LogRecord[]) => records.map((one) => one.offset);

describe('tier clock', () => {
  it('wakes each record its delay after its append, never before', () => {
    const clock = new TierClock(4_000, new WaitingBudget(100, 1e6));
    clock.push(record(0, 1_000), 1_000);
    clock.push(record(1, 1_000), 1_000);
    clock.push(record(2, 3_000), 3_000);
    expect(clock.nextDueAt()).toBe(5_000);
    expect(offsets(clock.due(4_999))).toEqual([]);
    expect(offsets(clock.due(5_000))).toEqual([0, 1]);
    expect(clock.nextDueAt()).toBe(7_000);
    expect(offsets(clock.due(99_000))).toEqual([2]);
    expect(clock.nextDueAt()).toBeUndefined();
  });

  it('drops the tail beyond the cap, without holes, and asks for it in time', () => {
    const clock = new TierClock(4_000, new WaitingBudget(20, 1e6));
    for (let i = 0; i < 20; i += 1) expect(clock.push(record(i, i), i)).toBe(true);
    expect(clock.push(record(20, 5_000), 5_000)).toBe(false);
    expect(clock.push(record(21, 5_000), 5_000)).toBe(false);
    clock.due(4_004);
    expect(clock.refetchFrom(4_100)).toBeUndefined();
    // Half of what was kept is gone.
    clock.due(4_009);
    expect(clock.refetchFrom(4_100)).toBe(20);
    expect(clock.refetchFrom(4_100)).toBeUndefined();
    expect(clock.push(record(20, 5_000), 5_000)).toBe(true);
  });

  it('asks for a tail that is nearly due even where the process is full of others', () => {
    const budget = new WaitingBudget(20, 1e6);
    const other = new TierClock(60_000, budget);
    for (let i = 0; i < 20; i += 1) other.push(record(i, 0), 0);
    const clock = new TierClock(4_000, budget);
    for (let i = 0; i < 16; i += 1) expect(clock.push(record(i, i), i)).toBe(true);
    expect(clock.push(record(16, 100), 100)).toBe(false);
    expect(clock.nextDueAt()).toBe(4_000);
    clock.due(4_000);
    expect(clock.nextDueAt()).toBe(2_100);
    expect(clock.refetchFrom(4_000)).toBe(16);
    expect(clock.push(record(16, 100), 100)).toBe(true);
    expect(clock.push(record(17, 100), 100)).toBe(false);
  });

  it('does not ask for what it would only have to drop again, and does not ring for it', () => {
    const budget = new WaitingBudget(1, 1e6);
    const clock = new TierClock(4_000, budget);
    for (let i = 0; i < 16; i += 1) clock.push(record(i, 1_000), 1_000);
    clock.push(record(16, 1_000), 1_000);
    expect(clock.refetchFrom(4_500)).toBeUndefined();
    expect(clock.nextDueAt()).toBe(5_000);
  });

  it('always keeps one record, however large, so that it knows when to look', () => {
    const clock = new TierClock(4_000, new WaitingBudget(10, 100));
    expect(clock.push(record(0, 0, 5_000_000), 0)).toBe(true);
    expect(clock.push(record(1, 0), 0)).toBe(false);
  });

  it('keeps an eighth of the room at most for what waits for long, and has what waits for long fetched when it is', () => {
    const budget = new WaitingBudget(200, 1e6);
    const long = new TierClock(7_200_000, budget);
    const kept = Array.from({ length: 80 }, (_, i) => long.push(record(i, i), i)).filter(Boolean).length;
    expect(kept).toBe(25);
    const short = new TierClock(16_000, budget);
    for (let i = 0; i < 175; i += 1) expect(short.push(record(i, 100), 100)).toBe(true);
    expect(short.push(record(175, 100), 100)).toBe(false);
    expect(long.refetchFrom(20_000)).toBeUndefined();
    expect(offsets(short.due(16_100))).toHaveLength(175);
    long.due(7_200_020);
    expect(long.refetchFrom(7_200_020)).toBe(25);
    expect(long.push(record(25, 25), 7_200_020)).toBe(true);
  });

  it('gives its share back when it wakes records or is cleared', () => {
    const budget = new WaitingBudget(10, 1e6);
    const clock = new TierClock(4_000, budget);
    clock.push(record(0, 0, 10), 0);
    clock.push(record(1, 9_000, 10), 9_000);
    clock.due(4_000);
    expect([budget.records, budget.bytes]).toEqual([1, 10]);
    clock.clear();
    expect([budget.records, budget.bytes, clock.length]).toEqual([0, 0, 0]);
  });
});
