import type { Contract } from '#contracts';
import type { ControlTable } from '#control';
import type { EndpointState, TenantState } from '#domain';
import { ownOnly, Refused, tenantOf, type Principal } from '#http-edge';
import type { AdminContext } from './admin-context.ts';

/**
 * A root key that names a tenant (`?tenant=`) acts as one of that tenant from there on, with its own scopes: it sees
 * and changes nothing of another's by mistake. A tenant's key cannot name anybody else (404).
 */
export function actingFor(principal: Principal, table: ControlTable, named: string | undefined): Principal {
  if (named === undefined) return principal;
  return { ...principal, tenantId: tenantOf(principal, table, named, null).id };
}

export function tenantById(context: Pick<AdminContext, 'control'>, id: string): TenantState {
  const tenant = context.control.table.tenant(id);
  if (tenant === undefined) throw new Refused('not_found', 'no such tenant');
  return tenant;
}

/** A tenant as the caller may see it: of a root key that acts for one, every other tenant is somebody else (404). */
export function ownTenant(
  context: Pick<AdminContext, 'control'>,
  principal: Principal,
  id: string,
): TenantState {
  if (principal.tenantId !== null && principal.tenantId !== id) {
    throw new Refused('not_found', 'no such tenant');
  }
  return tenantById(context, id);
}

/** The contract that a stored tenant was created with; it can only be missing where its file was taken away. */
export function contractOf(context: Pick<AdminContext, 'contracts'>, tenant: TenantState): Contract {
  const contract = context.contracts.get(tenant.contract);
  if (contract !== undefined) return contract;
  const detail = `the contract "${tenant.contract}" of tenant ${tenant.id} is not installed here`;
  throw new Refused('conflict', detail);
}

export interface OwnEndpoint {
  readonly endpoint: EndpointState;
  readonly tenant: TenantState;
  readonly contract: Contract;
}

/** An endpoint of the caller's; somebody else's is not there (404). */
export function ownEndpoint(
  context: Pick<AdminContext, 'control' | 'contracts'>,
  principal: Principal,
  id: string,
): OwnEndpoint {
  const endpoint = ownOnly(principal, context.control.table.endpoint(id), 'webhook');
  const tenant = tenantById(context, endpoint.tenantId);
  return { endpoint, tenant, contract: contractOf(context, tenant) };
}

/** HL-1: the plan decides whether webhooks may be set up. Reading, switching off and deleting stay allowed. */
export function requireEntitled(tenant: TenantState): void {
  if (tenant.entitled) return;
  throw new Refused('not_entitled', `the plan of tenant ${tenant.id} does not include webhooks`);
}
