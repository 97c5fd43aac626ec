import type { TenantLimits } from '#domain';
import type { QuotaConfig } from '#platform';

/** What every tenant may whose own limits say nothing. */
export function tenantLimitsOf(config: QuotaConfig): TenantLimits {
  return {
    maxEndpoints: config.tenantMaxEndpoints,
    eventsPerSecond: config.tenantEventsPerSecond,
    maxPayloadBytes: config.tenantMaxPayloadBytes,
  };
}
