import { newApiKey, type Written } from '#control';
import type { ApiKeyState, Scope } from '#domain';
import { Refused, requireScope, tenantOf, type Principal } from '#http-edge';
import { contractOf } from './acting-for.ts';
import type { AdminContext } from './admin-context.ts';
import { listPage, type ListPage, type PageAsk } from './list-page.ts';
import { newId } from './new-id.ts';
import { refusedField } from './refused-field.ts';

const ROOT_PREFIX = 'hh_root_';

/** What a customer's own key is for, unless told otherwise. */
const tenantScopes: readonly Scope[] = [
  'events:write',
  'events:read',
  'endpoints:read',
  'endpoints:write',
  'deliveries:read',
  'deliveries:replay',
];

export interface CreateKey {
  readonly name: string;
  /** Absent: a root key. */
  readonly tenant?: string | undefined;
  readonly scopes?: readonly Scope[] | undefined;
  /** Epoch ms; absent: never. */
  readonly expiresAt?: number | undefined;
}

export interface CreatedKey {
  readonly key: ApiKeyState;
  /** In clear, for this one answer. */
  readonly text: string;
  readonly position: number;
}

export async function createKey(
  context: AdminContext,
  principal: Principal,
  ask: CreateKey,
): Promise<CreatedKey> {
  requireScope(principal, 'admin');
  const named = ask.tenant ?? principal.tenantId ?? undefined;
  const tenant = named === undefined ? null : tenantOf(principal, context.control.table, named);
  const scopes = [...new Set(ask.scopes ?? (tenant === null ? (['admin'] as const) : tenantScopes))];
  if (tenant !== null && scopes.includes('admin')) {
    const detail = 'the scope "admin" belongs to keys without a tenant; leave one of the two out';
    throw refusedField('/scopes', 'not_for_tenants', detail);
  }
  const now = context.now();
  if (ask.expiresAt !== undefined && ask.expiresAt <= now) {
    throw refusedField('/expires_at', 'in_the_past', 'give a moment that is still to come');
  }
  const prefix = tenant === null ? ROOT_PREFIX : contractOf(context, tenant).keyPrefix;
  const made = newApiKey(prefix, context.random(32));
  const keyId = newId('key_', context.random);
  const { position } = await context.writer.key(
    keyId,
    {
      type: 'create',
      keyId,
      tenantId: tenant?.id ?? null,
      name: ask.name,
      prefix: made.prefix,
      hash: made.hash,
      scopes,
      expiresAt: ask.expiresAt ?? null,
      at: now,
    },
    principal.actor,
  );
  const key = context.control.table.key(keyId);
  if (key === undefined) throw new Refused('not_found', 'no such key: its tenant was deleted meanwhile');
  return { key, text: made.text, position };
}

export function listKeys(context: AdminContext, principal: Principal, ask: PageAsk): ListPage<ApiKeyState> {
  requireScope(principal, 'admin');
  const keys = [...context.control.table.keys()];
  const { tenantId } = principal;
  return listPage(tenantId === null ? keys : keys.filter((key) => key.tenantId === tenantId), ask);
}

/** In force the moment the table has passed it. */
export async function revokeKey(context: AdminContext, principal: Principal, id: string): Promise<Written> {
  requireScope(principal, 'admin');
  const key = context.control.table.key(id);
  if (key === undefined || (principal.tenantId !== null && key.tenantId !== principal.tenantId)) {
    throw new Refused('not_found', 'no such key');
  }
  refuseLockout(context, key);
  return context.writer.key(id, { type: 'revoke', at: context.now() }, principal.actor);
}

/** Nobody could make another key afterwards, and no page of ours could mend it. */
function refuseLockout(context: AdminContext, key: ApiKeyState): void {
  const now = context.now();
  const opens = (each: ApiKeyState) =>
    each.scopes.includes('admin') && (each.expiresAt === null || each.expiresAt > now);
  const another = [...context.control.table.keys()].some((each) => each.id !== key.id && opens(each));
  if (opens(key) && !another) {
    throw new Refused('conflict', 'this is the last key with the scope "admin"; create another one first');
  }
}
