import { defineConfig, type ConfigOf } from '../load-config.ts';

/** For the process that tells pages what changes. */
export const liveSettings = defineConfig({
  liveStreams: {
    env: 'HYPERHOOK_LIVE_STREAMS',
    kind: 'int',
    default: 500,
    min: 0,
    max: 100_000,
    description:
      'pages that one process tells of changes as they happen (GET /live); those beyond it ask now and then',
  },
  liveStreamsPerKey: {
    env: 'HYPERHOOK_LIVE_STREAMS_PER_KEY',
    kind: 'int',
    default: 50,
    min: 1,
    max: 100_000,
    description: 'how many of them one API key may open, or the portal tokens of one tenant together',
  },
});

export type LiveConfig = ConfigOf<typeof liveSettings>;
