import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ValueSlab } from './value-slab.ts';

describe('kept values', () => {
  it('are what they were, whatever becomes of the answer', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 9_000 }), { maxLength: 40 }), (values) => {
        const answer = Buffer.concat(values);
        const slab = new ValueSlab();
        let at = 0;
        const kept = values.map(({ length }) => {
          const one = slab.keep(answer.subarray(at, at + length), answer.length - at);
          at += length;
          return one;
        });
        answer.fill(0);
        expect(kept.map((one) => [...one])).toEqual(values.map((one) => [...one]));
      }),
    );
  });

  it('share pieces of 16 KiB, and take no more than their batch has', () => {
    const slab = new ValueSlab();
    const values = Array.from({ length: 40 }, (_, n) => slab.keep(Buffer.alloc(1_000, n), (40 - n) * 1_000));
    const pieces = new Set(values.map(({ buffer }) => buffer));
    expect([...pieces].map(({ byteLength }) => byteLength)).toEqual([16_384, 16_384, 8_000]);
  });

  it('stay where they are, if they are large', () => {
    const large = Buffer.alloc(65_537);
    expect(new ValueSlab().keep(large, large.length)).toBe(large);
  });
});
