import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeCursor, encodeCursor, type Keyset } from './cursor.ts';

const keyset = fc.tuple(fc.integer({ min: 0, max: 8.64e15 }), fc.string({ minLength: 1, maxLength: 40 }));

describe('a cursor', () => {
  it('reads back what was written, for its own list only', () => {
    fc.assert(
      fc.property(keyset, ([at, id]) => {
        fc.pre(!id.includes('\0'));
        const key: Keyset = [at, id];
        const cursor = encodeCursor('deliveries', key);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(decodeCursor('deliveries', cursor)).toEqual(key);
        expect(() => decodeCursor('events', cursor)).toThrow('this cursor is not one of this list');
      }),
    );
  });

  it('is refused with a typed error when it was changed, cut or made up, whatever it is', () => {
    const good = encodeCursor('deliveries', [1_700_000_000_000, 'a']);
    const wrong = [
      '',
      'x',
      good.slice(0, -1),
      `${good}=`,
      `${good}!`,
      encodeCursor('deliveries', [Number.NaN, 'a']),
      encodeCursor('deliveries', [1.5, 'a']),
      encodeCursor('deliveries', [9e15, 'a']),
      encodeCursor('deliveries', [1] as unknown as Keyset),
      encodeCursor('deliveries', [1, 'nul\0']),
      encodeCursor('deliveries', [1, 'x'.repeat(3_000)]),
      Buffer.from('{"a":1}').toString('base64url'),
      Buffer.from('["deliveries", 1, "a"]').toString('base64url'),
      Buffer.from('["deliveries",1,{"a":1}]').toString('base64url'),
    ];
    for (const cursor of wrong) {
      expect(() => decodeCursor('deliveries', cursor)).toThrow(
        expect.objectContaining({ code: 'invalid_cursor' }),
      );
    }
    fc.assert(
      fc.property(fc.string(), (cursor) => {
        expect(() => decodeCursor('deliveries', cursor)).toThrow(
          expect.objectContaining({ code: 'invalid_cursor' }),
        );
      }),
    );
  });
});
