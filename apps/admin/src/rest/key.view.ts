import type { ApiKeyState } from '#domain';
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
