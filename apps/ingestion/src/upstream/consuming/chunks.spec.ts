import { describe, expect, it } from '@jest/globals';
import { chunksOf } from './chunks.ts';

const message = (bytes: number | null) => ({
  offset: '0',
  timestamp: '0',
  headers: {},
  value: bytes === null ? null : Buffer.alloc(bytes),
});
const sizes = (...bytes: (number | null)[]) => [...chunksOf(bytes.map(message))].map((chunk) => chunk.length);

describe('chunks of a batch', () => {
  it('have 1,000 records or 2 MiB at most, and one record at least', () => {
    expect(sizes()).toEqual([]);
    expect(sizes(...Array.from({ length: 2_001 }, () => 1))).toEqual([1_000, 1_000, 1]);
    expect(sizes(1_000_000, 1_000_000, 1_000_000, null)).toEqual([2, 2]);
    expect(sizes(5_000_000, 5_000_000)).toEqual([1, 1]);
  });
});
