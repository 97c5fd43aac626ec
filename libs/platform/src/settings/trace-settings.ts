import { defineConfig } from '../load-config.ts';

/** For the processes that a delivery passes through. */
export const traceSettings = defineConfig({
  tracesUrl: {
    env: 'HYPERHOOK_TRACES_URL',
    kind: 'url',
    schemes: ['http', 'https'],
    default: null,
    description: 'where a collector takes traces by OTLP over HTTP, like http://collector:4318/v1/traces',
  },
  tracesRatio: {
    env: 'HYPERHOOK_TRACES_RATIO',
    kind: 'float',
    min: 0,
    max: 1,
    default: 1,
    description:
      'which part of the traces that begin here is recorded; what publishers trace follows their flag',
  },
});
