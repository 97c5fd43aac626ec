import { defineConfig } from '../load-config.ts';

/** For the process that needs nothing else. */
export const standaloneSettings = defineConfig({
  dataDir: {
    env: 'HYPERHOOK_DATA_DIR',
    kind: 'string',
    default: '.hyperhook',
    description: 'folder of everything that must survive a restart',
  },
});
