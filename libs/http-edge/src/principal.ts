import { authenticate, hasScope, type ControlTable, type PortalTokens } from '#control';
import type { Scope, TenantState } from '#domain';
import { Refused } from './refused.ts';

/** Who asks, by the credential alone. */
export interface Principal {
  /** Of a portal token: the key that issued it, and the tenant it speaks for, so that no two tenants share one. */
  readonly keyId: string;
  /** null: the operator's root key, which names the tenant in each request. */
  readonly tenantId: string | null;
  readonly scopes: readonly Scope[];
  /** As facts name who caused them; a portal token is named by the key that issued it. */
  readonly actor: `key:${string}` | `portal:${string}`;
}

/**
 * Throws {@link Refused} with 401: missing_key, unknown_key, expired_key. `now`: epoch ms. `portal`: null where portal
 * tokens open nothing, which is where events are published.
 */
export function principalOf(
  table: ControlTable,
  authorization: string | undefined,
  now: number,
  portal: PortalTokens | null = null,
): Principal {
  const found = authenticate(table, authorization, now, portal);
  if (!found.ok) {
    // RFC 6750 §3: no error code where no credential was sent.
    const error = found.code === 'missing_key' ? '' : ', error="invalid_token"';
    throw new Refused(found.code, found.detail, {
      headers: { 'www-authenticate': `Bearer realm="hyperhook"${error}` },
    });
  }
  const { id, tenantId, scopes } = found.key;
  if (found.portal !== null) {
    return { keyId: `${id}/${found.portal.tenantId}`, ...found.portal, actor: `portal:${id}` };
  }
  return { keyId: id, tenantId, scopes, actor: `key:${id}` };
}

/** Id of the key behind a request: the one sent, or the one that issued the portal token. */
export function issuingKeyOf({ actor }: Principal): string {
  return actor.slice(actor.indexOf(':') + 1);
}

/** Throws {@link Refused} with 403 missing_scope. */
export function requireScope(principal: Principal, scope: Scope): void {
  if (hasScope(principal, scope)) return;
  const has = principal.scopes.length === 0 ? 'none' : principal.scopes.join(', ');
  throw new Refused('missing_scope', `this needs the scope "${scope}"; the key has: ${has}`, {
    headers: { 'www-authenticate': `Bearer realm="hyperhook", error="insufficient_scope", scope="${scope}"` },
  });
}

/**
 * The tenant that a request is about. A tenant's key speaks for its own tenant only, and another's id reads as one
 * that does not exist (404): whether it does is none of the caller's business. The root key has to name one.
 * `pointer`: where the name stands in the body; null: not in the body.
 */
export function tenantOf(
  principal: Principal,
  table: ControlTable,
  named: string | undefined,
  pointer: string | null = '/tenant',
): TenantState {
  const id = principal.tenantId ?? named;
  const where = (code: string, detail: string) => (pointer === null ? [] : [{ pointer, code, detail }]);
  if (id === undefined) {
    const detail = 'this key belongs to no tenant; name the tenant whose request this is in "tenant"';
    throw new Refused('validation_failed', detail, { errors: where('required', detail) });
  }
  const tenant = named === undefined || named === id ? table.tenant(id) : undefined;
  if (tenant === undefined) {
    const detail = 'no such tenant; a key of a tenant needs no "tenant" at all';
    throw new Refused('not_found', detail, { errors: where('not_found', detail) });
  }
  return tenant;
}

/** What belongs to somebody else is not there (404). Returns the thing itself, for one-line use. */
export function ownOnly<T extends { readonly tenantId: string }>(
  principal: Principal,
  thing: T | undefined,
  what: string,
): T {
  if (thing !== undefined && (principal.tenantId === null || principal.tenantId === thing.tenantId)) {
    return thing;
  }
  throw new Refused('not_found', `no such ${what}`);
}
