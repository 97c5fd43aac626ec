import { describe, expect, it } from '@jest/globals';
import { inParts } from './in-parts.ts';

describe('a list in parts', () => {
  it('keeps all of it in order, so much at a time', () => {
    expect(inParts([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(inParts([1, 2], 2)).toEqual([[1, 2]]);
    expect(inParts([], 2)).toEqual([]);
  });
});
