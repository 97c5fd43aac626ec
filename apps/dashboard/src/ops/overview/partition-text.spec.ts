import { describe, expect, it } from '@jest/globals';
import { partitionText } from './partition-text.ts';

describe('partitions as text', () => {
  it('draws neighbours together', () => {
    expect(partitionText([])).toBe('–');
    expect(partitionText([4])).toBe('4');
    expect(partitionText([0, 1, 2, 3])).toBe('0–3');
    expect(partitionText([0, 2, 3, 7])).toBe('0, 2–3, 7');
  });
});
