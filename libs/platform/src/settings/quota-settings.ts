import { defineConfig, type ConfigOf } from '../load-config.ts';

/** What every tenant may, unless its own `limits` say otherwise. */
export const quotaSettings = defineConfig({
  tenantMaxEndpoints: {
    kind: 'int',
    env: 'HYPERHOOK_TENANT_MAX_ENDPOINTS',
    description: 'webhooks that a tenant may have where its own limits say nothing; without: any number',
    default: null,
    min: 0,
    max: 1_000_000,
  },
  tenantEventsPerSecond: {
    kind: 'int',
    env: 'HYPERHOOK_TENANT_EVENTS_PER_SECOND',
    description:
      'events a second that each process takes in for a tenant whose own limits say nothing; without: any number',
    default: null,
    min: 1,
    max: 1_000_000,
  },
  tenantMaxPayloadBytes: {
    kind: 'int',
    env: 'HYPERHOOK_TENANT_MAX_PAYLOAD_BYTES',
    description:
      'bytes of one event’s data for a tenant whose own limits say nothing; the contract’s limit holds besides',
    default: null,
    min: 2,
    max: 16 * 1_024 * 1_024,
  },
});

export type QuotaConfig = ConfigOf<typeof quotaSettings>;
