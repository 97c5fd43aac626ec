import { requireScope, type Principal } from '#http-edge';
import type { AdminContext } from '../admin-context.ts';
import { lineOfEndpoint, lineOfKey, lineOfTenant } from './line-of-state.ts';
import type { TransferLine } from './transfer-line.ts';

/** Lines as of one moment, opened one by one as they are drawn. */
export interface Exported {
  readonly counts: { readonly tenants: number; readonly keys: number; readonly endpoints: number };
  readonly lines: Iterable<TransferLine>;
}

/**
 * All tenants, keys and endpoints with their ids and secrets, in an order in which they can be imported. That they left
 * is a fact before the first of them is sent; where it cannot be written, nothing leaves. A root key that acts for one
 * tenant takes that one's along.
 */
export async function exportAll(
  context: Pick<AdminContext, 'control' | 'writer' | 'secretBox' | 'now'>,
  principal: Principal,
): Promise<Exported> {
  requireScope(principal, 'admin');
  requireScope(principal, 'secrets:reveal');
  const { table } = context.control;
  const now = context.now();
  // States never change, so what is taken here stays what it was while lines go out.
  const { tenantId } = principal;
  const tenants = [...table.tenants()].filter(({ id }) => tenantId === null || id === tenantId);
  const keys = [...table.keys()].filter((key) => tenantId === null || key.tenantId === tenantId);
  const endpoints = tenants.flatMap(({ id }) => table.endpointsOf(id));
  const counts = { tenants: tenants.length, keys: keys.length, endpoints: endpoints.length };
  await context.writer.fact(
    { type: 'installation.exported', what: 'export', ...counts, at: now },
    principal.actor,
  );
  const { secretBox } = context;
  function* lines(): Iterable<TransferLine> {
    for (const tenant of tenants) yield lineOfTenant(secretBox, tenant);
    for (const key of keys) yield lineOfKey(key);
    for (const endpoint of endpoints) yield lineOfEndpoint(secretBox, endpoint, now);
  }
  return { counts, lines: lines() };
}
