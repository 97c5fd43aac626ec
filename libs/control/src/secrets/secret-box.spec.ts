import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { endpointOwner, parseSecretKeys, SecretBox, SecretBoxError, tenantOwner } from './secret-box.ts';

const key = (fill: number) => Buffer.alloc(32, fill);
const box = new SecretBox(new Map([['k1', key(1)]]), 'k1');
const owner = endpointOwner('acme', 'wh_1');

describe('a sealed secret', () => {
  it('opens to what was sealed, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (plain, of) => {
        expect(box.open(box.seal(plain, of), of)).toBe(plain);
      }),
    );
  });

  it('is another text each time, and names its key', () => {
    const [first, second] = [box.seal('whsec_1', owner), box.seal('whsec_1', owner)];
    expect(first).not.toBe(second);
    expect(first).toMatch(/^k1\.[A-Za-z0-9_-]+$/);
    expect(first).not.toContain('whsec');
  });

  it.each([
    ['another endpoint of the tenant', endpointOwner('acme', 'wh_2')],
    ['the same endpoint of another tenant', endpointOwner('globex', 'wh_1')],
    ['the tenant itself', tenantOwner('acme')],
    ['nobody', ''],
  ])('does not open for %s', (_, other) => {
    expect(() => box.open(box.seal('whsec_1', owner), other)).toThrow(SecretBoxError);
  });

  it('does not open when any one character was altered, removed or added', () => {
    const sealed = box.seal('whsec_secret', owner);
    fc.assert(
      fc.property(
        fc.nat(sealed.length - 1),
        fc.constantFrom('', 'A', 'B', '-', '.', '=', '!', ' ', '+'),
        fc.boolean(),
        (place, put, replace) => {
          const altered = sealed.slice(0, place) + put + sealed.slice(replace ? place + 1 : place);
          fc.pre(altered !== sealed);
          expect(() => box.open(altered, owner)).toThrow(SecretBoxError);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('is refused, never guessed at, when it is anything else', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `k1.${text}`),
        ),
        (text) => {
          expect(() => box.open(text, owner)).toThrow(SecretBoxError);
        },
      ),
    );
  });

  it('sealed with a key that this process was not given says which', () => {
    const other = new SecretBox(new Map([['k2', key(2)]]), 'k2');
    expect(() => box.open(other.seal('whsec_1', owner), owner)).toThrow('sealed with key k2');
  });

  it('is not printed when it was no sealed text at all', () => {
    expect(() => box.open('whsec_plain', owner)).toThrow('this is not a sealed secret');
    expect(() => box.open('whsec_plain.part', owner)).toThrow('this is not a sealed secret');
  });
});

describe('rotating the engine’s key', () => {
  const before = box.seal('whsec_old', owner);
  const after = new SecretBox(
    new Map([
      ['k2', key(2)],
      ['k1', key(1)],
    ]),
    'k2',
  );

  it('opens what the old key sealed and seals with the new one', () => {
    expect(after.open(before, owner)).toBe('whsec_old');
    expect(after.seal('whsec_new', owner)).toMatch(/^k2\./);
  });

  it('does not take one key for another of the same id', () => {
    const wrong = new SecretBox(new Map([['k1', key(9)]]), 'k1');
    expect(() => wrong.open(before, owner)).toThrow(SecretBoxError);
  });
});

describe('keys in configuration', () => {
  const text = (fill: number, bytes = 32) => Buffer.alloc(bytes, fill).toString('base64');

  it('stand as id:base64, the current one first', () => {
    const parsed = parseSecretKeys(`k2:${text(2)}, k1:${text(1)}`);
    expect(parsed.seal('x', owner)).toMatch(/^k2\./);
    expect(parsed.open(box.seal('x', owner), owner)).toBe('x');
  });

  it.each([
    ['nothing', '', 'a key id must be'],
    ['a key without id', text(1), 'keys are written id:base64'],
    ['a short key', `k1:${text(1, 31)}`, 'key k1 has 31 bytes, it needs 32'],
    ['no key', 'k1:', 'key k1 has 0 bytes'],
    ['a key with something behind it', `k1:${text(1)}x9`, 'a key is not base64'],
    ['a key in another alphabet', `k1:${'-_'.repeat(21)}A`, 'a key is not base64'],
    ['an id with a dot', `k.1:${text(1)}`, 'a key id must be'],
    ['one id twice', `k1:${text(1)},k1:${text(2)}`, 'key id k1 stands twice'],
  ])('are refused with a reason: %s', (_, configured, reason) => {
    expect(() => parseSecretKeys(configured)).toThrow(reason);
  });

  it('are not printed by the reason', () => {
    const secret = randomBytes(32).toString('base64');
    for (const configured of [secret, `:${secret}`, `k1:${secret}x9`, `k1:${secret.slice(4)}`]) {
      const parse = () => parseSecretKeys(configured);
      expect(parse).toThrow(SecretBoxError);
      expect(parse).not.toThrow(secret.slice(4, 20));
    }
  });

  it('need the current one among them', () => {
    expect(() => new SecretBox(new Map([['k1', key(1)]]), 'k2')).toThrow('k2 is not among the keys');
  });
});
