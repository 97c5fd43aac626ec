import type { ApiKeyState, Scope } from '#domain';
import type { ControlTable } from '../table/control-table.ts';
import { hashApiKey } from './api-key-text.ts';

export type Authentication =
  | { readonly ok: true; readonly key: ApiKeyState }
  | {
      readonly ok: false;
      readonly code: 'missing_key' | 'unknown_key' | 'expired_key';
      readonly detail: string;
    };

/**
 * Who a request is from, by its `Authorization` header alone. Looked up by hash in the control table: no database on
 * the publish path, revoked the moment the table has passed the fact, and equal work for known and unknown keys.
 */
export function authenticate(
  table: ControlTable,
  authorization: string | undefined,
  now: number,
): Authentication {
  const [, text] = /^Bearer +(\S{1,512})$/i.exec(authorization ?? '') ?? [];
  if (text === undefined) {
    return {
      ok: false,
      code: 'missing_key',
      detail: 'send the API key as "Authorization: Bearer <key>"; keys are not read from the URL',
    };
  }
  const key = table.keyByHash(hashApiKey(text));
  if (key === undefined)
    return { ok: false, code: 'unknown_key', detail: 'this API key does not exist or was revoked' };
  if (key.expiresAt !== null && key.expiresAt <= now) {
    return { ok: false, code: 'expired_key', detail: 'this API key has expired; make a new one' };
  }
  return { ok: true, key };
}

export function hasScope(key: Pick<ApiKeyState, 'scopes'>, scope: Scope): boolean {
  return key.scopes.includes('admin') || key.scopes.includes(scope);
}
