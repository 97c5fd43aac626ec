import { describe, expect, it } from '@jest/globals';
import { mean, median, percentile, spread } from './statistics.ts';

describe('percentiles of the benchmarks', () => {
  const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);

  it('are values that were measured, by the nearest rank, whatever order they came in', () => {
    expect(percentile(hundred, 99)).toBe(99);
    expect(spread(hundred)).toEqual({ p50: 50, p99: 99, max: 100 });
    expect(median([3, 1, 2])).toBe(2);
    expect(mean([1, 2, 6])).toBe(3);
  });

  it('of nothing are no number', () => {
    expect(median([])).toBeNaN();
  });
});
