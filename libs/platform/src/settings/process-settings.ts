import { defineConfig } from '../load-config.ts';

/** What every process has. */
export const processSettings = defineConfig({
  logLevel: {
    env: 'HYPERHOOK_LOG_LEVEL',
    kind: 'string',
    oneOf: ['debug', 'info', 'warn', 'error', 'silent'],
    default: 'info',
    description: 'least level of log lines',
  },
});
