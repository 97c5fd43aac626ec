import type { EndpointLimits, TenantLimits } from '#domain';

/** By the names of the API. */
export function endpointLimitsView({ perSecond, concurrency }: EndpointLimits) {
  return { per_second: perSecond, concurrency };
}

export function tenantLimitsView({ maxEndpoints, eventsPerSecond, maxPayloadBytes }: TenantLimits) {
  return {
    max_endpoints: maxEndpoints,
    events_per_second: eventsPerSecond,
    max_payload_bytes: maxPayloadBytes,
  };
}
