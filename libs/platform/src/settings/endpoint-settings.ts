import { defineConfig } from '../load-config.ts';

/** For the process that administers. */
export const endpointSettings = defineConfig({
  allowHttp: {
    env: 'HYPERHOOK_ALLOW_HTTP',
    kind: 'bool',
    default: false,
    description: 'accept http:// endpoints where the contract asks for https in production only',
  },
  requestsPerMinute: {
    env: 'HYPERHOOK_API_REQUESTS_PER_MINUTE',
    kind: 'int',
    default: 60_000,
    min: 0,
    max: 10_000_000,
    description:
      'requests that one API key may make in a minute, in each process; 0: no limit; publishing is not counted',
  },
  rootKey: {
    env: 'HYPERHOOK_ROOT_KEY',
    kind: 'string',
    default: null,
    min: 24,
    secret: true,
    description:
      'the first API key, read when the installation is created; standalone makes one where none is given',
  },
});
