import type { ApiKeyFact, ControlEntry, ControlFact, EndpointFact, TenantFact } from '#domain';

export const T0 = 1_736_937_000_000;

let made = 0;
/** Each call is another fact, as if another command had made it. */
export const entryOf = (fact: ControlFact, factId?: string): ControlEntry => {
  made += 1;
  return { factId: factId ?? `fact-${made}`, actor: 'key:root', fact };
};

export const tenantCreated = (tenantId: string): TenantFact => ({
  type: 'tenant.created',
  tenantId,
  version: 1,
  at: T0,
  name: tenantId,
  contract: 'hyprwatch',
  attributes: {},
  secret: null,
  entitled: true,
});

export const tenantDeleted = (tenantId: string, version = 2): TenantFact => ({
  type: 'tenant.deleted',
  tenantId,
  version,
  at: T0,
});

export const endpointCreated = (endpointId: string, tenantId: string): EndpointFact => ({
  type: 'endpoint.created',
  endpointId,
  tenantId,
  version: 1,
  at: T0,
  settings: {
    url: `https://hooks.test/${endpointId}`,
    events: ['host.offline'],
    description: '',
    headers: {},
  },
  secrets: [{ sealed: 'k1.sealed', until: null }],
  active: true,
});

export const endpointDeleted = (endpointId: string, tenantId: string, version = 2): EndpointFact => ({
  type: 'endpoint.deleted',
  endpointId,
  tenantId,
  version,
  at: T0,
});

export const turnedOff = (endpointId: string, tenantId: string, version = 2): EndpointFact => ({
  type: 'endpoint.turned-off',
  endpointId,
  tenantId,
  version,
  at: T0,
  heldFrom: { partition: 0, offset: 1 },
});

export const keyCreated = (
  keyId: string,
  tenantId: string | null,
  changes: Partial<Extract<ApiKeyFact, { type: 'key.created' }>> = {},
): ApiKeyFact => ({
  type: 'key.created',
  keyId,
  tenantId,
  version: 1,
  at: T0,
  name: keyId,
  prefix: 'hw_live_abcd',
  hash: `hash of ${keyId}`,
  scopes: ['events:write'],
  expiresAt: null,
  ...changes,
});

export const keyRevoked = (keyId: string): ApiKeyFact => ({ type: 'key.revoked', keyId, version: 2, at: T0 });
