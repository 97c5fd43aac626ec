import { defineConfig } from '../load-config.ts';

/** For the process that carries replays on. */
export const replaySettings = defineConfig({
  replayRate: {
    env: 'HYPERHOOK_REPLAY_RATE',
    kind: 'int',
    default: 200,
    min: 1,
    max: 5_000,
    description: 'deliveries that a replay asks for in a second, unless it is given a rate of its own',
  },
});
