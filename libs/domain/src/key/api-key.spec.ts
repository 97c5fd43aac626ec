import { describe, it } from '@jest/globals';
import { givenWhenThen } from '#testkit';
import { apiKeyDecider, type ApiKeyCommand, type ApiKeyFact } from './api-key.ts';

const given = givenWhenThen(apiKeyDecider);
const T0 = 1_736_937_000_000;

const of = {
  keyId: 'key_1',
  tenantId: 'acme',
  name: 'publisher',
  prefix: 'hw_live_Ab3x',
  hash: 'ab'.repeat(32),
  scopes: ['events:write'],
  expiresAt: null,
  at: T0,
} as const;
const created: ApiKeyFact = { type: 'key.created', version: 1, ...of };
const create: ApiKeyCommand = { type: 'create', ...of };
const revoked: ApiKeyFact = { type: 'key.revoked', keyId: 'key_1', version: 2, at: T0 + 2 };

describe('an API key', () => {
  it('is created once', () => {
    given([]).when(create).then([created]);
    given([created]).when(create).thenRejected('already_exists');
  });

  it('of a tenant is never an operator', () => {
    given([])
      .when({ ...create, scopes: ['events:write', 'admin'] })
      .thenRejected('invalid');
  });

  it('without a tenant may be an operator', () => {
    given([])
      .when({ ...create, tenantId: null, scopes: ['admin'] })
      .then([{ ...created, tenantId: null, scopes: ['admin'] }]);
  });

  it('is revoked once, and for ever', () => {
    given([created])
      .when({ type: 'revoke', at: T0 + 2 })
      .then([revoked]);
    given([created, revoked])
      .when({ type: 'revoke', at: T0 + 3 })
      .thenRejected('not_found');
  });

  it('that does not exist cannot be revoked', () => {
    given([]).when({ type: 'revoke', at: T0 }).thenRejected('not_found');
  });
});
