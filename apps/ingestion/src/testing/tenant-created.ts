import type { TenantFact } from '#domain';

export const tenantCreated = (tenantId: string, contract: string, entitled = true): TenantFact => ({
  type: 'tenant.created',
  tenantId,
  version: 1,
  at: 1,
  name: tenantId,
  contract,
  attributes: {},
  secret: null,
  entitled,
});
