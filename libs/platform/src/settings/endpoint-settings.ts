import { defineConfig } from '../load-config.ts';

/** For the process that saves endpoints. */
export const endpointSettings = defineConfig({
  allowHttp: {
    env: 'HYPERHOOK_ALLOW_HTTP',
    kind: 'bool',
    default: false,
    description: 'accept http:// endpoints where the contract asks for https in production only',
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
