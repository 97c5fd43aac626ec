import { describe, expect, it } from '@jest/globals';
import { scopes, type ApiKeyState } from '#domain';
import { entryOf, keyCreated, keyRevoked, T0, tenantCreated, tenantDeleted } from '../control.fixture.ts';
import { ControlTable } from '../table/control-table.ts';
import { hashApiKey, newApiKey } from './api-key-text.ts';
import { authenticate, hasScope } from './authenticate.ts';

const random = new Uint8Array(32).fill(7);
const key = newApiKey('hw_live_', random);

function world(changes: Parameters<typeof keyCreated>[2] = {}): ControlTable {
  const table = new ControlTable();
  table.apply(entryOf(tenantCreated('acme')));
  table.apply(entryOf(keyCreated('key_1', 'acme', { hash: key.hash, prefix: key.prefix, ...changes })));
  return table;
}

describe('a new API key', () => {
  it('has the contract’s prefix and 256 random bits', () => {
    expect(key.text).toBe('hw_live_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc');
    expect(Buffer.from(key.text.slice('hw_live_'.length), 'base64url')).toHaveLength(32);
  });

  it('is stored as a hash and four characters to tell it by', () => {
    expect(key.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(key.hash).toBe(hashApiKey(key.text));
    expect(key.prefix).toBe('hw_live_BwcH');
    const stored = JSON.stringify([...world().keys()]);
    expect(stored).toContain(key.hash);
    expect(stored).not.toContain(key.text);
  });
});

describe('authenticating', () => {
  it('finds the key, and its tenant by it alone', () => {
    expect(authenticate(world(), `Bearer ${key.text}`, T0)).toMatchObject({
      ok: true,
      key: { id: 'key_1', tenantId: 'acme' },
    });
  });

  it.each(['bearer', 'BEARER', 'Bearer  '])('takes the scheme as HTTP does: %s', (scheme) => {
    expect(authenticate(world(), `${scheme} ${key.text}`, T0).ok).toBe(true);
  });

  it.each([
    ['no header', undefined],
    ['an empty one', ''],
    ['another scheme', `Basic ${key.text}`],
    ['no scheme', key.text],
    ['no key', 'Bearer '],
    ['two keys', `Bearer ${key.text} ${key.text}`],
    ['something endless', `Bearer ${'x'.repeat(513)}`],
  ])('asks for a key where there is %s, and says that the URL is not read', (_, header) => {
    const answer = authenticate(world(), header, T0);
    expect(answer).toMatchObject({ ok: false, code: 'missing_key' });
    expect(!answer.ok && answer.detail).toContain('not read from the URL');
  });

  it.each([
    ['another key', newApiKey('hw_live_', new Uint8Array(32)).text],
    ['the hash of the key', key.hash],
    ['the prefix of the key', key.prefix],
    ['the key in capitals', key.text.toUpperCase()],
  ])('knows nobody by %s', (_, text) => {
    expect(authenticate(world(), `Bearer ${text}`, T0)).toMatchObject({ ok: false, code: 'unknown_key' });
  });

  it('ends at the moment of expiry', () => {
    const table = world({ expiresAt: T0 });
    expect(authenticate(table, `Bearer ${key.text}`, T0 - 1).ok).toBe(true);
    expect(authenticate(table, `Bearer ${key.text}`, T0)).toMatchObject({ ok: false, code: 'expired_key' });
  });

  it('ends with revocation, and with the tenant', () => {
    for (const fact of [keyRevoked('key_1'), tenantDeleted('acme')]) {
      const table = world();
      table.apply(entryOf(fact));
      expect(authenticate(table, `Bearer ${key.text}`, T0)).toMatchObject({
        ok: false,
        code: 'unknown_key',
      });
    }
  });
});

describe('scopes', () => {
  const holding = (...held: ApiKeyState['scopes']) => {
    const table = world({ tenantId: null, scopes: held });
    return table.key('key_1')!;
  };

  it.each(scopes.filter((scope) => scope !== 'admin'))('%s gives itself and nothing else', (scope) => {
    expect(scopes.filter((asked) => hasScope(holding(scope), asked))).toEqual([scope]);
  });

  it('admin gives all, none gives none', () => {
    expect(scopes.filter((asked) => hasScope(holding('admin'), asked))).toEqual([...scopes]);
    expect(scopes.filter((asked) => hasScope(holding(), asked))).toEqual([]);
  });
});
