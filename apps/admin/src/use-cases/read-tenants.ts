import type { TenantState } from '#domain';
import { requireScope, type Principal } from '#http-edge';
import { ownTenant } from './acting-for.ts';
import type { AdminContext } from './admin-context.ts';
import { listPage, type ListPage, type PageAsk } from './list-page.ts';

export function listTenants(
  context: AdminContext,
  principal: Principal,
  ask: PageAsk,
): ListPage<TenantState> {
  requireScope(principal, 'admin');
  const { tenantId } = principal;
  if (tenantId !== null) return listPage([ownTenant(context, principal, tenantId)], ask);
  return listPage(context.control.table.tenants(), ask);
}

export function getTenant(context: AdminContext, principal: Principal, id: string): TenantState {
  requireScope(principal, 'admin');
  return ownTenant(context, principal, id);
}
