import { defineConfig } from '../load-config.ts';

/** How long the tables keep their rows. The log has times of its own. */
export const retentionSettings = defineConfig({
  keepBodies: {
    env: 'HYPERHOOK_KEEP_BODIES',
    kind: 'duration',
    default: null,
    min: 60_000,
    description:
      'how long the tables keep bodies of events, and what was sent and answered; absent: for ever',
  },
  keepDeliveries: {
    env: 'HYPERHOOK_KEEP_DELIVERIES',
    kind: 'duration',
    default: null,
    min: 60_000,
    description:
      'how long the tables keep events and settled deliveries; counters by day stay; absent: for ever',
  },
});
