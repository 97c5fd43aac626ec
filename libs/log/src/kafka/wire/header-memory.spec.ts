import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HeaderMemory } from './header-memory.ts';
import { WireReader } from './wire-reader.ts';
import { WireWriter } from './wire-writer.ts';

type Written = readonly (readonly [name: string, value: string | null])[];

function written(headers: Written): WireReader {
  const to = new WireWriter(64);
  to.varint(headers.length);
  for (const [name, value] of headers) {
    to.varstring(name);
    to.varstring(value);
  }
  return new WireReader(Buffer.from(to.bytes));
}

describe('headers of records that resemble each other', () => {
  const texts = fc.oneof(fc.constantFrom('', 'id', 'at', 'true', '1700000000000', 'evt_ü'), fc.string());
  const one: fc.Arbitrary<Written> = fc.array(fc.tuple(texts, fc.option(texts, { nil: null, freq: 8 })), {
    maxLength: 6,
  });

  it('are read as they stand, whatever stood there before', () => {
    fc.assert(
      fc.property(
        fc.array(one, { maxLength: 12 }),
        fc.array(fc.nat({ max: 11 }), { maxLength: 40 }),
        (kinds, turns) => {
          const memory = new HeaderMemory();
          for (const turn of turns) {
            const headers = kinds[turn % Math.max(1, kinds.length)] ?? [];
            const expected: Record<string, string> = {};
            for (const [name, value] of headers) if (value !== null) expected[name] = value;
            const from = written(headers);
            expect(memory.read(from)).toEqual(expected);
            expect(from.at).toBe(from.buffer.length);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are no one else’s: what is changed in one does not show in the next', () => {
    const memory = new HeaderMemory();
    const read = () =>
      memory.read(
        written([
          ['id', 'a'],
          ['at', '1'],
        ]),
      ) as Record<string, string>;
    for (let n = 0; n < 3; n += 1) {
      const headers = read();
      expect(headers).toEqual({ id: 'a', at: '1' });
      headers['id'] = 'changed';
    }
  });

  it('run beyond an answer in one that was cut: refused, alike or not', () => {
    const memory = new HeaderMemory();
    const whole = written([
      ['id', 'a'],
      ['at', '1'],
    ]);
    const bytes = whole.buffer;
    memory.read(whole);
    expect(() => memory.read(new WireReader(bytes.subarray(0, -1)))).toThrow(RangeError);
  });
});
