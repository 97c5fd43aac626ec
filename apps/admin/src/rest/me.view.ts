import type { TenantState } from '#domain';
import type { Principal } from '#http-edge';
import { tenantView } from './tenant.view.ts';

/** `tenant` is null for a root key that acts for none. */
export function meView({ actor, scopes }: Principal, tenant: TenantState | null) {
  return {
    credential: actor.startsWith('portal:') ? 'portal_token' : 'key',
    scopes,
    tenant: tenant === null ? null : tenantView(tenant),
  };
}
