import type { Contract } from '#contracts';
import { tenantOwner } from '#control';
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
