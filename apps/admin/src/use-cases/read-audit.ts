import { hasScope } from '#control';
import { requireScope, type Principal } from '#http-edge';
import type { AuditFilter, AuditRow, Page } from '#read-model';
import type { AdminContext } from './admin-context.ts';
import { fromHistory } from './history.ts';

export type ListAudit = Omit<AuditFilter, 'kind'>;

/**
 * What was decided, newest first. Operators see all of it; a tenant's key sees what happened to the tenant's webhooks,
 * and nothing of keys or of what the operator keeps of the tenant.
 */
export async function listAudit(
  context: AdminContext,
  principal: Principal,
  ask: ListAudit,
): Promise<Page<AuditRow>> {
  const isOperator = hasScope(principal, 'admin');
  if (!isOperator) requireScope(principal, 'endpoints:read');
  const filter = isOperator ? ask : { ...ask, kind: 'webhook' };
  return fromHistory(context, (history) => history.listAudit(principal.tenantId, filter));
}
