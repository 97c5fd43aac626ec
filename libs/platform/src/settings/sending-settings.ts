import { defineConfig } from '../load-config.ts';

/** For the process that makes the attempts. */
export const sendingSettings = defineConfig({
  extraCaFile: {
    env: 'HYPERHOOK_EXTRA_CA_FILE',
    kind: 'string',
    default: null,
    description:
      'PEM file of certificate authorities that endpoints may be signed by besides the public ones',
  },
  egressProxy: {
    env: 'HYPERHOOK_EGRESS_PROXY',
    kind: 'url',
    schemes: ['http', 'https'],
    default: null,
    description:
      'forward proxy that all deliveries go through by CONNECT; it, and not the engine, then decides which addresses are reached',
  },
  standardWebhooks: {
    env: 'HYPERHOOK_STANDARD_WEBHOOKS',
    kind: 'bool',
    default: false,
    description: 'send webhook-id, -timestamp and -signature beside every contract’s own headers',
  },
});
