import { defineConfig } from '../load-config.ts';

/** Processes of their own have supervisors with a patience of their own. */
export const drainSettings = defineConfig({
  drainWithin: {
    env: 'HYPERHOOK_DRAIN_WITHIN',
    kind: 'duration',
    default: 40_000,
    min: 1_000,
    description:
      'how long a stop may take; above the longest attempt (30 s), below the patience of the supervisor',
  },
});
