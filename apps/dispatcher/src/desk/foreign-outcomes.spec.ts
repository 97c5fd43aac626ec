import { beforeEach, describe, expect, it } from '@jest/globals';
import type { LogRecord } from '#log';
import { ForeignOutcomes } from './foreign-outcomes.ts';

const recordAt = (offset: number): LogRecord => ({ offset }) as LogRecord;

describe('what others append to the outcomes of a partition', () => {
  let learned: number[];
  let outcomes: ForeignOutcomes;

  beforeEach(() => {
    learned = [];
    outcomes = new ForeignOutcomes({
      read: async function* (from, to) {
        for (let offset = from; offset < to; offset += 1) yield [recordAt(offset)];
      },
      learn: ({ offset }) => learned.push(offset),
      mayFinish: async () => true,
    });
    outcomes.readTo(10);
  });

  const append = (offset: number) => {
    outcomes.appending();
    return outcomes.appended(offset);
  };

  it('is what stands between own appends', async () => {
    expect(append(10)).toBeUndefined();
    await append(13);
    expect(learned).toEqual([11, 12]);
  });

  it('is read where nothing is appended here', async () => {
    outcomes.readOnTo(12, outcomes.quiet ?? -1);
    await append(13);
    expect(learned).toEqual([10, 11, 12]);
  });

  it('is not taken from an end that an own append may be part of', async () => {
    const before = outcomes.quiet ?? -1;
    outcomes.appending();
    expect(outcomes.quiet).toBeUndefined();
    // In the log, and not answered yet.
    outcomes.readOnTo(11, before);
    expect(outcomes.appended(10)).toBeUndefined();
    outcomes.readOnTo(11, before);
    expect(append(11)).toBeUndefined();
    expect(learned).toEqual([]);
  });
});
