import type { ApiKeyState, Scope } from '#domain';
import type { ControlTable } from '../table/control-table.ts';
import { hashApiKey } from './api-key-text.ts';
import { PORTAL_PREFIX, type PortalTokens } from './portal-tokens.ts';

type Denied = {
  readonly ok: false;
  readonly code: 'missing_key' | 'unknown_key' | 'expired_key';
  readonly detail: string;
};

export type Authentication =
  { readonly ok: true; readonly key: ApiKeyState; readonly portal: PortalSession | null } | Denied;

/** Of a portal token: whom it speaks for, and what of its key's scopes it has. */
export interface PortalSession {
  readonly tenantId: string;
  readonly scopes: readonly Scope[];
}

/** What the customer's own page may do. Never publishing: a browser is no upstream service. */
const portalScopes: readonly Scope[] = [
  'events:read',
  'endpoints:read',
  'endpoints:write',
  'deliveries:read',
  'deliveries:replay',
];

/**
 * Who a request is from, by its `Authorization` header alone. Looked up by hash in the control table: no database on
 * the publish path, revoked the moment the table has passed the fact, and equal work for known and unknown keys.
 * `portal`: null where portal tokens open nothing.
 */
export function authenticate(
  table: ControlTable,
  authorization: string | undefined,
  now: number,
  portal: PortalTokens | null = null,
): Authentication {
  const [, text] = /^Bearer +(\S{1,512})$/i.exec(authorization ?? '') ?? [];
  if (text === undefined) {
    return denied(
      'missing_key',
      'send the API key as "Authorization: Bearer <key>"; keys are not read from the URL',
    );
  }
  if (text.startsWith(PORTAL_PREFIX)) return byPortalToken(table, text, now, portal);
  const key = table.keyByHash(hashApiKey(text));
  if (key === undefined) return denied('unknown_key', 'this API key does not exist or was revoked');
  if (hasExpired(key, now)) return denied('expired_key', 'this API key has expired; make a new one');
  return { ok: true, key, portal: null };
}

/** A token is as good as the key that issued it: revoked with it, expired with it, and never able to do more. */
function byPortalToken(
  table: ControlTable,
  text: string,
  now: number,
  portal: PortalTokens | null,
): Authentication {
  if (portal === null) {
    return denied('unknown_key', 'a portal token opens administration only; publish with an API key');
  }
  const grant = portal.read(text);
  const key = grant === undefined ? undefined : table.key(grant.keyId);
  const tenant = grant === undefined ? undefined : table.tenant(grant.tenantId);
  const isOwn = key !== undefined && (key.tenantId === null || key.tenantId === grant?.tenantId);
  if (grant === undefined || !isOwn || tenant?.createdAt !== grant.tenantSince) {
    return denied('unknown_key', 'this portal token is not valid any more; ask for a new one');
  }
  if (grant.expiresAt <= now || hasExpired(key, now)) {
    return denied('expired_key', 'this portal token has expired; ask for a new one');
  }
  const scopes = portalScopesOf(key, grant.revealsSecrets);
  return { ok: true, key, portal: { tenantId: tenant.id, scopes } };
}

/** What a token may do that this key issues: no more than the key itself. */
export function portalScopesOf(key: Pick<ApiKeyState, 'scopes'>, revealsSecrets: boolean): readonly Scope[] {
  const asked: readonly Scope[] = revealsSecrets ? [...portalScopes, 'secrets:reveal'] : portalScopes;
  return asked.filter((scope) => hasScope(key, scope));
}

function hasExpired(key: ApiKeyState, now: number): boolean {
  return key.expiresAt !== null && key.expiresAt <= now;
}

function denied(code: Denied['code'], detail: string): Denied {
  return { ok: false, code, detail };
}

export function hasScope(key: Pick<ApiKeyState, 'scopes'>, scope: Scope): boolean {
  return key.scopes.includes('admin') || key.scopes.includes(scope);
}
