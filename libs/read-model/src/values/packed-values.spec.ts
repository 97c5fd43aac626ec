import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { packed, packings, unpacked } from './packed-values.ts';

describe('packed values', () => {
  it('come back as they were, at their offsets', () => {
    const values = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.uint8Array({ maxLength: 300 })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(fc.nat(2 ** 40), values, (first, steps) => {
        let offset = first;
        const given = steps.map(([step, value], index) => ({
          offset: index === 0 ? offset : (offset += step),
          value,
        }));
        const found = unpacked(packings.zstd, first, packed(given));
        expect(found.map((each) => ({ ...each, value: new Uint8Array(each.value) }))).toEqual(given);
      }),
    );
  });

  it('that are alike take a fraction of their bytes', () => {
    const values = Array.from({ length: 50 }, (_, offset) => ({
      offset,
      value: Buffer.from(
        JSON.stringify({ url: 'https://example.com/hook', status: 200, durationMs: offset }),
      ),
    }));
    expect(packed(values).length).toBeLessThan(values.reduce((sum, { value }) => sum + value.length, 0) / 4);
  });

  it('of a newer release are refused', () => {
    expect(() => unpacked(9, 0, Buffer.from('?'))).toThrow(/newer release/);
  });
});
