import { defineConfig } from '../load-config.ts';

/** Where `hyperhook` on the command line finds the engine. */
export const clientSettings = defineConfig({
  url: {
    env: 'HYPERHOOK_URL',
    kind: 'url',
    schemes: ['http', 'https'],
    default: 'http://127.0.0.1:8080',
    description: 'the API, as the command line calls it',
  },
  publishUrl: {
    env: 'HYPERHOOK_PUBLISH_URL',
    kind: 'url',
    schemes: ['http', 'https'],
    default: null,
    description: 'the API for publishing, where another process answers it; absent: the same URL',
  },
  apiKey: {
    env: 'HYPERHOOK_API_KEY',
    kind: 'string',
    secret: true,
    default: null,
    description: 'the key that the command line sends; absent: the first key of a local installation',
  },
});
