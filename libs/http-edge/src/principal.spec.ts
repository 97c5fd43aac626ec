import { describe, expect, it } from '@jest/globals';
import { ControlTable, hashApiKey } from '#control';
import type { ControlFact, Scope } from '#domain';
import { ownOnly, principalOf, requireScope, tenantOf } from './principal.ts';

const table = new ControlTable();
const at = 1;
const tenant = (tenantId: string): ControlFact => ({
  type: 'tenant.created',
  tenantId,
  version: 1,
  at,
  name: tenantId,
  contract: 'hyprwatch',
  attributes: {},
  secret: null,
  entitled: true,
});
const key = (keyId: string, tenantId: string | null, scopes: Scope[], expiresAt: number | null = null) => ({
  type: 'key.created' as const,
  keyId,
  version: 1,
  at,
  tenantId,
  name: keyId,
  prefix: keyId,
  hash: hashApiKey(`${keyId}-text`),
  scopes,
  expiresAt,
});
const facts: ControlFact[] = [
  tenant('acme'),
  tenant('other'),
  key('own', 'acme', ['events:write']),
  key('root', null, ['admin']),
  key('old', 'acme', [], 1_000),
];
for (const fact of facts) table.apply({ factId: fact.type, actor: 'test', fact });

const of = (keyId: string) => principalOf(table, `Bearer ${keyId}-text`, 999);

describe('principalOf', () => {
  it('knows a key by the Authorization header alone', () => {
    expect(of('own')).toEqual({
      keyId: 'own',
      tenantId: 'acme',
      scopes: ['events:write'],
      actor: 'key:own',
    });
  });

  it('answers 401 with a challenge, and says invalid_token only where a key was sent', () => {
    expect(() => principalOf(table, undefined, 0)).toThrow(
      expect.objectContaining({
        code: 'missing_key',
        headers: { 'www-authenticate': 'Bearer realm="hyperhook"' },
      }),
    );
    expect(() => of('guess')).toThrow(
      expect.objectContaining({
        code: 'unknown_key',
        headers: { 'www-authenticate': 'Bearer realm="hyperhook", error="invalid_token"' },
      }),
    );
    expect(() => principalOf(table, 'Bearer old-text', 1_000)).toThrow(
      expect.objectContaining({ code: 'expired_key' }),
    );
  });
});

describe('requireScope', () => {
  it('lets a key do what its scopes say, and the operator everything', () => {
    requireScope(of('own'), 'events:write');
    requireScope(of('root'), 'endpoints:write');
    expect(() => requireScope(of('own'), 'events:read')).toThrow(
      expect.objectContaining({ code: 'missing_scope' }),
    );
  });
});

describe('tenantOf', () => {
  it('takes the tenant from the credential, named or not', () => {
    expect(tenantOf(of('own'), table, undefined).id).toBe('acme');
    expect(tenantOf(of('own'), table, 'acme').id).toBe('acme');
  });

  it("answers another tenant's name like one that does not exist", () => {
    const messages = ['other', 'nobody'].map((name) => {
      try {
        return tenantOf(of('own'), table, name);
      } catch (error) {
        return JSON.stringify(error, ['code', 'message', 'errors', 'pointer']);
      }
    });
    expect(messages[0]).toBe(messages[1]);
    expect(messages[0]).toContain('not_found');
  });

  it('makes the root key name the tenant', () => {
    expect(tenantOf(of('root'), table, 'other').id).toBe('other');
    expect(() => tenantOf(of('root'), table, undefined)).toThrow(
      expect.objectContaining({
        code: 'validation_failed',
        errors: [expect.objectContaining({ pointer: '/tenant', code: 'required' })],
      }),
    );
    expect(() => tenantOf(of('root'), table, 'nobody')).toThrow(
      expect.objectContaining({ code: 'not_found' }),
    );
  });
});

describe('ownOnly', () => {
  it("hides what is another tenant's", () => {
    const thing = { tenantId: 'other' };
    expect(ownOnly(of('root'), thing, 'webhook')).toBe(thing);
    expect(() => ownOnly(of('own'), thing, 'webhook')).toThrow('no such webhook');
    expect(() => ownOnly(of('own'), undefined, 'webhook')).toThrow('no such webhook');
  });
});
