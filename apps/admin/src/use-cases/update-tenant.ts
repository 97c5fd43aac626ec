import type { Written } from '#control';
import { requireScope, type Principal } from '#http-edge';
import { contractOf, ownTenant, tenantById } from './acting-for.ts';
import type { AdminContext } from './admin-context.ts';
import { requireAttributes, type WrittenTenant } from './create-tenant.ts';
import { writeIfMatch, type IfMatch } from './if-match.ts';
import { tenantLimits, type LimitsAsk } from './limits.ts';
import { sealedTenantSecret } from './tenant-secret.ts';

export interface UpdateTenant {
  readonly name?: string | undefined;
  /** Those named are replaced; every attribute of a contract is required, so none can be taken away. */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
  readonly entitled?: boolean | undefined;
  readonly limits?: LimitsAsk | undefined;
}

export async function updateTenant(
  context: AdminContext,
  principal: Principal,
  id: string,
  ask: UpdateTenant,
  ifMatch: IfMatch,
): Promise<WrittenTenant> {
  requireScope(principal, 'admin');
  const tenant = ownTenant(context, principal, id);
  const attributes = { ...tenant.attributes, ...ask.attributes };
  requireAttributes(contractOf(context, tenant), attributes);
  const limits = tenantLimits(ask.limits ?? {}, tenant.limits);
  const { position } = await writeIfMatch(ifMatch, tenant, () =>
    context.writer.tenant(
      id,
      {
        type: 'update',
        name: ask.name ?? tenant.name,
        attributes,
        entitled: ask.entitled ?? tenant.entitled,
        ...(ask.limits === undefined ? {} : { limits }),
        at: context.now(),
      },
      principal.actor,
    ),
  );
  return { tenant: tenantById(context, id), position };
}

/** The one secret of a tenant whose contract signs with it (Hyperspell: its JWT secret). Never shown again. */
export async function setTenantSecret(
  context: AdminContext,
  principal: Principal,
  id: string,
  secret: string,
  ifMatch: IfMatch,
): Promise<WrittenTenant> {
  requireScope(principal, 'admin');
  const tenant = ownTenant(context, principal, id);
  const sealed = sealedTenantSecret(context, contractOf(context, tenant), id, secret);
  const { position } = await writeIfMatch(ifMatch, tenant, () =>
    context.writer.tenant(id, { type: 'set-secret', secret: sealed, at: context.now() }, principal.actor),
  );
  return { tenant: tenantById(context, id), position };
}

/** Takes its endpoints and keys with it, at once. */
export async function deleteTenant(
  context: AdminContext,
  principal: Principal,
  id: string,
  ifMatch: IfMatch,
): Promise<Written> {
  requireScope(principal, 'admin');
  const tenant = ownTenant(context, principal, id);
  return writeIfMatch(ifMatch, tenant, () =>
    context.writer.tenant(id, { type: 'delete', at: context.now() }, principal.actor),
  );
}
