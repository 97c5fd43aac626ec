import type { ApiKeyState } from '#domain';
import type { ListedKey } from '../use-cases/api-keys.ts';
import { isoTime } from './iso-time.ts';

export function keyView(key: ApiKeyState) {
  return {
    id: key.id,
    prefix: key.prefix,
    name: key.name,
    tenant: key.tenantId,
    scopes: key.scopes,
    expires_at: isoTime(key.expiresAt),
    created_at: isoTime(key.createdAt),
  };
}

/** Without `last_used_at` where it is not known: null says that the key was never used. */
export function listedKeyView({ key, lastUsedAt }: ListedKey) {
  return { ...keyView(key), ...(lastUsedAt === undefined ? {} : { last_used_at: isoTime(lastUsedAt) }) };
}
