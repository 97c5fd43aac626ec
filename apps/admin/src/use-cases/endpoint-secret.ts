import { checkSecret, generateSecret, type Contract } from '#contracts';
import type { Refused } from '#http-edge';
import type { AdminContext } from './admin-context.ts';
import { refusedField } from './refused-field.ts';

/**
 * The secret that an endpoint gets, in clear. `given`: undefined → made; null → the explicit choice to be sent unsigned
 * requests (HL-5); text → supplied, as imports do. Null comes back where nothing of the endpoint's own signs.
 */
export function endpointSecret(
  context: Pick<AdminContext, 'random'>,
  contract: Contract,
  given: string | null | undefined,
): string | null {
  if (contract.secret.owner === 'tenant') {
    if (given === undefined) return null;
    throw tenantsSecret(contract);
  }
  if (given === null) {
    if (contract.secret.optional) return null;
    const detail = `${contract.title} requests are always signed; leave "secret" out to have one made`;
    throw refusedField('/secret', 'required', detail);
  }
  if (given !== undefined) return checkedSecret(contract, given);
  if (contract.secret.generated) return generateSecret(contract, context.random(32));
  throw refusedField('/secret', 'required', `${contract.title} needs the secret that its receivers know`);
}

/** Says where the secret of such a contract belongs. */
export function tenantsSecret(contract: Contract): Refused {
  const detail =
    `${contract.title} signs with the tenant's own secret; ` +
    'set it as "secret" when the tenant is created, or by PUT /api/v1/tenants/{id}/secret';
  return refusedField('/secret', 'belongs_to_tenant', detail);
}

export function checkedSecret(contract: Contract, text: string): string {
  const wrong = checkSecret(contract, text);
  if (wrong !== null) throw refusedField('/secret', 'invalid_secret', wrong);
  return text;
}
