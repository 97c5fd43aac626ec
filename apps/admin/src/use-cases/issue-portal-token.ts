import { portalScopesOf } from '#control';
import type { Scope } from '#domain';
import { Refused, requireScope, tenantOf, type Principal } from '#http-edge';
import type { AdminContext } from './admin-context.ts';

const HOUR_SECONDS = 3_600;

export interface IssuePortalToken {
  /** 60 to 86,400; absent: an hour. */
  readonly expiresInSeconds?: number | undefined;
  /** Whether it may see signing secrets; only where the issuer may. */
  readonly revealSecrets?: boolean | undefined;
}

export interface PortalToken {
  readonly token: string;
  readonly tenantId: string;
  readonly scopes: readonly Scope[];
  /** Epoch ms. */
  readonly expiresAt: number;
}

/**
 * A credential for one tenant's own page, for hours at most. It is a signed statement and no fact: `control` is kept for
 * ever, and must not grow with each page view (decision 0027). Revoking the key that issued it ends it.
 */
export function issuePortalToken(
  context: AdminContext,
  principal: Principal,
  id: string,
  ask: IssuePortalToken,
): PortalToken {
  if (principal.actor.startsWith('portal:')) {
    throw new Refused('forbidden', 'a portal token cannot make others; ask with an API key');
  }
  requireScope(principal, 'endpoints:write');
  const tenant = tenantOf(principal, context.control.table, id, null);
  const revealsSecrets = ask.revealSecrets ?? false;
  if (revealsSecrets) requireScope(principal, 'secrets:reveal');
  const expiresAt = context.now() + (ask.expiresInSeconds ?? HOUR_SECONDS) * 1_000;
  const { keyId } = principal;
  const grant = { tenantId: tenant.id, tenantSince: tenant.createdAt, keyId, expiresAt, revealsSecrets };
  const token = context.portal.issue(grant);
  context.logger.info({ tenant: tenant.id, key: keyId, expiresAt, revealsSecrets }, 'portal_token.issued');
  return { token, tenantId: tenant.id, scopes: portalScopesOf(principal, revealsSecrets), expiresAt };
}
