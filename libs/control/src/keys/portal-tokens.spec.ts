import { describe, expect, it } from '@jest/globals';
import { entryOf, keyCreated, keyRevoked, T0, tenantCreated, tenantDeleted } from '../control.fixture.ts';
import { SecretBox } from '../secrets/secret-box.ts';
import { ControlTable } from '../table/control-table.ts';
import { authenticate } from './authenticate.ts';
import { PortalTokens, type PortalGrant } from './portal-tokens.ts';

const keyOf = (byte: number) => Buffer.alloc(32, byte);
const boxOf = (...ids: string[]) =>
  new SecretBox(new Map(ids.map((id) => [id, keyOf(id.charCodeAt(1))])), ids[0]!);
const tokens = new PortalTokens(boxOf('k1'));
const grant: PortalGrant = {
  tenantId: 'acme',
  tenantSince: T0,
  keyId: 'key_1',
  expiresAt: T0 + 60_000,
  revealsSecrets: false,
};

describe('a portal token', () => {
  it('says what was said when it was issued, to every process with the same secret keys', () => {
    const token = tokens.issue(grant);
    expect(token).toMatch(/^hh_portal_k1\./);
    expect(token.length).toBeLessThan(512);
    expect(new PortalTokens(boxOf('k1')).read(token)).toEqual(grant);
  });

  it('fits into the header for the longest ids that there are', () => {
    const long = { ...grant, tenantId: 't'.repeat(100), keyId: `key_${'0'.repeat(36)}` };
    const token = new PortalTokens(
      new SecretBox(new Map([['i'.repeat(32), keyOf(1)]]), 'i'.repeat(32)),
    ).issue(long);
    expect(token.length).toBeLessThanOrEqual(512);
  });

  it('is read as long as its secret key is given, and made under the current one', () => {
    const old = tokens.issue(grant);
    const rotated = new PortalTokens(boxOf('k2', 'k1'));
    expect(rotated.read(old)).toEqual(grant);
    expect(rotated.issue(grant)).toMatch(/^hh_portal_k2\./);
    expect(new PortalTokens(boxOf('k2')).read(old)).toBeUndefined();
  });

  it('is nothing when any one character of it is another', () => {
    const token = tokens.issue(grant);
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === 'A' ? 'B' : 'A';
      expect(tokens.read(token.slice(0, at) + other + token.slice(at + 1))).toBeUndefined();
    }
  });

  it.each([
    '',
    'hh_portal_',
    'hh_portal_k1',
    'hh_portal_k1..',
    `hh_portal_k1.${'A'.repeat(43)}`,
    'x'.repeat(9_999),
  ])('is not %j', (text) => {
    expect(tokens.read(text)).toBeUndefined();
  });
});

describe('authenticating by a portal token', () => {
  const all = ['events:write', 'endpoints:read', 'endpoints:write', 'secrets:reveal'] as const;

  function world(
    tenantId: string | null = 'acme',
    scopes: readonly (typeof all)[number][] = all,
  ): ControlTable {
    const table = new ControlTable();
    table.apply(entryOf(tenantCreated('acme')));
    table.apply(entryOf(tenantCreated('other')));
    table.apply(entryOf(keyCreated('key_1', tenantId, { scopes })));
    return table;
  }
  const asks = (table: ControlTable, changes: Partial<PortalGrant> = {}, now = T0) =>
    authenticate(table, `Bearer ${tokens.issue({ ...grant, ...changes })}`, now, tokens);

  it('speaks for one tenant, with what its key may do and a page needs: never publishing', () => {
    expect(asks(world())).toMatchObject({
      ok: true,
      key: { id: 'key_1' },
      portal: { tenantId: 'acme', scopes: ['endpoints:read', 'endpoints:write'] },
    });
    const ofRoot = asks(world(null), { tenantId: 'other' });
    expect(ofRoot).toMatchObject({ ok: true, portal: { tenantId: 'other' } });
  });

  it('shows secrets only where that was granted, and its key may', () => {
    const scopesOf = (answer: ReturnType<typeof asks>) => (answer.ok ? (answer.portal?.scopes ?? []) : []);
    expect(scopesOf(asks(world(), { revealsSecrets: true }))).toContain('secrets:reveal');
    expect(scopesOf(asks(world('acme', ['endpoints:write']), { revealsSecrets: true }))).toEqual([
      'endpoints:write',
    ]);
  });

  it('ends with its time, its key, its tenant, and where its key never was the tenant’s', () => {
    const expired = { ok: false, code: 'expired_key' };
    const unknown = { ok: false, code: 'unknown_key' };
    expect(asks(world(), {}, T0 + 59_999).ok).toBe(true);
    expect(asks(world(), {}, T0 + 60_000)).toMatchObject(expired);
    const revoked = world();
    revoked.apply(entryOf(keyRevoked('key_1')));
    expect(asks(revoked)).toMatchObject(unknown);
    const gone = world(null);
    gone.apply(entryOf(tenantDeleted('acme')));
    expect(asks(gone)).toMatchObject(unknown);
    gone.apply(entryOf({ ...tenantCreated('acme'), at: T0 + 1 }));
    expect(asks(gone)).toMatchObject(unknown);
    expect(asks(world(), { tenantId: 'other' })).toMatchObject(unknown);
    const short = new ControlTable();
    short.apply(entryOf(tenantCreated('acme')));
    short.apply(entryOf(keyCreated('key_1', 'acme', { expiresAt: T0 + 5 })));
    expect(asks(short, {}, T0 + 5)).toMatchObject(expired);
  });

  it('opens nothing where none are taken', () => {
    const answer = authenticate(world(), `Bearer ${tokens.issue(grant)}`, T0);
    expect(answer).toMatchObject({ ok: false, code: 'unknown_key' });
    expect(!answer.ok && answer.detail).toContain('publish with an API key');
  });
});
