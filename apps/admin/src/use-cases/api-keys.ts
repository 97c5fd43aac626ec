import { newApiKey, type Written } from '#control';
import type { ApiKeyState, Scope } from '#domain';
import { Refused, requireScope, tenantOf, type Principal } from '#http-edge';
import { contractOf } from './acting-for.ts';
import type { AdminContext } from './admin-context.ts';
import { fromHistory } from './history.ts';
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

/** `lastUsedAt`: epoch ms, to about a minute; null: never; undefined: the history is away, which is no reason to hide the key. */
export interface ListedKey {
  readonly key: ApiKeyState;
  readonly lastUsedAt: number | null | undefined;
}

export async function listKeys(
  context: AdminContext,
  principal: Principal,
  ask: PageAsk,
): Promise<ListPage<ListedKey>> {
  requireScope(principal, 'admin');
  const keys = [...context.control.table.keys()];
  const { tenantId } = principal;
  const page = listPage(tenantId === null ? keys : keys.filter((key) => key.tenantId === tenantId), ask);
  return { ...page, items: await withLastUses(context, page.items) };
}

export async function getKey(context: AdminContext, principal: Principal, id: string): Promise<ListedKey> {
  const [listed] = await withLastUses(context, [ownKey(context, principal, id)]);
  if (listed === undefined) throw new Error('of one key there is one answer');
  return listed;
}

async function withLastUses(
  context: AdminContext,
  keys: readonly ApiKeyState[],
): Promise<readonly ListedKey[]> {
  try {
    const uses = await fromHistory(context, (history) => history.lastUses(keys.map(({ id }) => id)));
    return keys.map((key) => ({ key, lastUsedAt: uses.get(key.id) ?? null }));
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'unavailable') throw error;
    return keys.map((key) => ({ key, lastUsedAt: undefined }));
  }
}

function ownKey(context: AdminContext, principal: Principal, id: string): ApiKeyState {
  requireScope(principal, 'admin');
  const key = context.control.table.key(id);
  if (key === undefined || (principal.tenantId !== null && key.tenantId !== principal.tenantId)) {
    throw new Refused('not_found', 'no such key');
  }
  return key;
}

/** In force the moment the table has passed it. */
export async function revokeKey(context: AdminContext, principal: Principal, id: string): Promise<Written> {
  refuseLockout(context, ownKey(context, principal, id));
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
