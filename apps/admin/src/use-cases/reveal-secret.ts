import { endpointOwner, tenantOwner } from '#control';
import { issuingKeyOf, Refused, requireScope, type Principal } from '#http-edge';
import { ownEndpoint, ownTenant } from './acting-for.ts';
import type { AdminContext } from './admin-context.ts';

/** One secret in clear. */
export interface RevealedSecret {
  readonly secret: string;
  /** Epoch ms after which it no longer signs; null: until it is replaced. */
  readonly until: number | null;
}

export interface Revealed {
  /** Those that sign now, newest first; one at least. */
  readonly secrets: readonly RevealedSecret[];
  readonly position: number;
}

/** The secrets of an endpoint, to whoever may see them. Who it was, and when, is durable before they are shown. */
export async function revealEndpointSecret(
  context: AdminContext,
  principal: Principal,
  id: string,
): Promise<Revealed> {
  requireScope(principal, 'secrets:reveal');
  const { endpoint, tenant, contract } = ownEndpoint(context, principal, id);
  if (contract.secret.owner === 'tenant') {
    const detail = `${contract.title} signs with the tenant's own secret; an operator sees it by POST /api/v1/tenants/{id}/reveal-secret`;
    throw new Refused('conflict', detail);
  }
  const now = context.now();
  const owner = endpointOwner(tenant.id, id);
  const secrets = endpoint.secrets
    .filter(({ until }) => until === null || until > now)
    .map(({ sealed, until }) => ({ secret: context.secretBox.open(sealed, owner), until }));
  if (secrets.length === 0) {
    throw new Refused('conflict', 'this webhook has no secret: its requests are not signed');
  }
  context.revealPace.take(issuingKeyOf(principal), now);
  const position = await writeRevealed(context, principal, tenant.id, id);
  return { secrets, position };
}

/**
 * A tenant's own secret, to operators only: it is not ours, and opens more than webhooks (Hyperspell's also signs the
 * tokens of the app's users).
 */
export async function revealTenantSecret(
  context: AdminContext,
  principal: Principal,
  id: string,
): Promise<Revealed> {
  requireScope(principal, 'admin');
  const tenant = ownTenant(context, principal, id);
  if (tenant.secret === null) throw new Refused('conflict', `tenant ${id} has no secret of its own`);
  context.revealPace.take(issuingKeyOf(principal), context.now());
  const secret = context.secretBox.open(tenant.secret, tenantOwner(id));
  const position = await writeRevealed(context, principal, id, null);
  return { secrets: [{ secret, until: null }], position };
}

async function writeRevealed(
  context: AdminContext,
  principal: Principal,
  tenantId: string,
  endpointId: string | null,
): Promise<number> {
  const fact = { type: 'secret.revealed', tenantId, endpointId, at: context.now() } as const;
  const { position } = await context.writer.fact(fact, principal.actor);
  return position;
}
