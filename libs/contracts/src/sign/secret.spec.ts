import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shipped } from '../providers/wire.ts';
import { decodedKey } from './base64-key.ts';
import { checkSecret, generateSecret } from './secret.ts';

describe('secrets', () => {
  it.each(['', 'x', 'x'.repeat(10_240), ' a-secret-of-text', 'a-secret\nof-text', 'a-secret-\ud800'])(
    'no contract takes %j, and the reason does not quote it',
    (text) => {
      for (const contract of shipped.values()) {
        const reason = checkSecret(contract, text);
        expect(reason).toMatch(/^the secret /);
        if (text.length > 3) expect(reason).not.toContain(text.trim());
      }
    },
  );

  it('that the engine makes are taken where it makes them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (random) => {
        for (const contract of shipped.values()) {
          if (contract.secret.generated) {
            expect(checkSecret(contract, generateSecret(contract, random))).toBeNull();
          }
        }
      }),
    );
  });

  it('are not made of too little', () => {
    for (const contract of shipped.values()) {
      expect(() => generateSecret(contract, new Uint8Array(31))).toThrow(RangeError);
    }
  });

  it('in base64 are decoded strictly, with or without padding', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        expect(decodedKey(text)).toEqual(Buffer.from(bytes));
        expect(decodedKey(text.replace(/=+$/, ''))).toEqual(Buffer.from(bytes));
        expect(decodedKey(`${text}*`)).toBeNull();
      }),
    );
    expect(decodedKey('')).toBeNull();
  });
});
