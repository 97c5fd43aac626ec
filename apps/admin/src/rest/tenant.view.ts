import type { TenantState } from '#domain';
import { isoTime } from './iso-time.ts';
import { tenantLimitsView } from './limits.view.ts';

/** Never with its secret: only whether there is one. */
export function tenantView(tenant: TenantState) {
  return {
    id: tenant.id,
    name: tenant.name,
    contract: tenant.contract,
    attributes: tenant.attributes,
    entitled: tenant.entitled,
    limits: tenantLimitsView(tenant.limits),
    has_secret: tenant.secret !== null,
    created_at: isoTime(tenant.createdAt),
  };
}
