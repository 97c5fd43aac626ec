import type { PortalToken } from '../use-cases/issue-portal-token.ts';
import { isoTime } from './iso-time.ts';

export function portalTokenView({ token, tenantId, scopes, expiresAt }: PortalToken) {
  return { token, tenant: tenantId, scopes, expires_at: isoTime(expiresAt) };
}
