import { defineConfig } from '../load-config.ts';

/** Topics of other teams that events are read from. */
export const upstreamSettings = defineConfig({
  upstreamFile: {
    env: 'HYPERHOOK_UPSTREAM_FILE',
    kind: 'string',
    default: null,
    description:
      'JSON file that names the Kafka topics of other teams to read events from (docs/upstream.md)',
  },
});
