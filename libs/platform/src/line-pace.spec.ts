import { describe, expect, it } from '@jest/globals';
import { LinePace } from './line-pace.ts';

describe('the pace of lines', () => {
  it('lets so many through in each second, and says with the next how many it kept back', () => {
    const pace = new LinePace(2);
    expect([1_000, 1_500, 1_600, 1_999].map((at) => pace.take(at))).toEqual([0, 0, undefined, undefined]);
    expect([2_000, 2_001].map((at) => pace.take(at))).toEqual([2, 0]);
    expect(pace.take(9_000)).toBe(0);
  });
});
