import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { secretOf } from '../plan/world.ts';
import { SecretBook } from './secret-book.ts';
import { isSignedWith } from './signatures.ts';

const MINUTE = 60_000;
const secret = secretOf(7, 'a', 0);
const body = Buffer.from('{"a":1}');
const standard = createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
  .update('e.1.')
  .update(body);
const headers = {
  'webhook-id': 'e',
  'webhook-timestamp': '1',
  'webhook-signature': `v1,other v1,${standard.digest('base64')}`,
  'x-hyprwatch-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
};

describe('what a customer checks', () => {
  it('is the signature of its contract, and the one that rides beside it', () => {
    const signed = { contract: 'hyprwatch', headers, body } as const;
    expect(isSignedWith(secret, signed)).toBe(true);
    expect(isSignedWith(secretOf(7, 'a', 1), signed)).toBe(false);
    expect(isSignedWith(secret, { ...signed, body: Buffer.from('{"a":2}') })).toBe(false);
    expect(isSignedWith(secret, { ...signed, contract: 'hypertune' })).toBe(false);
    for (const missing of ['webhook-signature', 'x-hyprwatch-signature']) {
      expect(isSignedWith(secret, { ...signed, headers: { ...headers, [missing]: '' } })).toBe(false);
    }
  });

  it('holds for the secret of now and the one before it, and for what may be in force', () => {
    const book = new SecretBook();
    const valid = (one: string, at: number) => book.find('a', at, (each) => each === one)?.isValid;
    book.setting('a', 'first', 0)(0);
    book.setting('a', 'second', 10)(10);
    expect([valid('first', 20 * MINUTE), valid('second', 20 * MINUTE)]).toEqual([true, true]);
    const confirm = book.setting('a', 'third', 20 * MINUTE);
    expect([valid('third', 10 * MINUTE), valid('third', 30 * MINUTE)]).toEqual([undefined, true]);
    expect(valid('first', 30 * MINUTE)).toBe(true);
    confirm(20 * MINUTE);
    expect(valid('first', 20.5 * MINUTE)).toBe(true);
    expect(valid('first', 30 * MINUTE)).toBe(false);
    expect(book.find('a', 30 * MINUTE, (each) => each === 'second')).toEqual({
      isValid: true,
      staleMs: 10 * MINUTE,
    });
    expect(valid('never', 30 * MINUTE)).toBeUndefined();
  });
});
