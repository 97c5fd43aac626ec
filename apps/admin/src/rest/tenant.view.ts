import type { TenantState } from '#domain';
import { isoTime } from './iso-time.ts';

/** Never with its secret: only whether there is one. */
export function tenantView(tenant: TenantState) {
  const { maxEndpoints, eventsPerSecond, maxPayloadBytes } = tenant.limits;
  return {
    id: tenant.id,
    name: tenant.name,
    contract: tenant.contract,
    attributes: tenant.attributes,
    entitled: tenant.entitled,
    limits: {
      max_endpoints: maxEndpoints,
      events_per_second: eventsPerSecond,
      max_payload_bytes: maxPayloadBytes,
    },
    has_secret: tenant.secret !== null,
    created_at: isoTime(tenant.createdAt),
  };
}
