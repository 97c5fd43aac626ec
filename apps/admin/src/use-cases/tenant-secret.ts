import type { Contract } from '#contracts';
import { tenantOwner } from '#control';
import type { TenantState } from '#domain';
import { Refused } from '#http-edge';
import type { AdminContext } from './admin-context.ts';
import { checkedSecret } from './endpoint-secret.ts';
import { refusedField } from './refused-field.ts';

/** Sealed for the log. 422 where the contract signs with each endpoint's own. */
export function sealedTenantSecret(
  context: Pick<AdminContext, 'secretBox'>,
  contract: Contract,
  tenantId: string,
  secret: string,
): string {
  if (contract.secret.owner !== 'tenant') {
    const detail = `${contract.title} signs with each webhook's own secret; set it when a webhook is created or rotated`;
    throw refusedField('/secret', 'belongs_to_webhook', detail);
  }
  return context.secretBox.seal(checkedSecret(contract, secret), tenantOwner(tenantId));
}

/** Where the contract signs with the tenant's own, nothing can be sent before there is one. */
export function requireTenantSecret(contract: Contract, tenant: TenantState): void {
  if (contract.secret.owner !== 'tenant' || tenant.secret !== null) return;
  const detail = `tenant ${tenant.id} has no secret to sign with yet; set it by PUT /api/v1/tenants/${tenant.id}/secret`;
  throw new Refused('conflict', detail);
}
