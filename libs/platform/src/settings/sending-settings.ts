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
  standardWebhooks: {
    env: 'HYPERHOOK_STANDARD_WEBHOOKS',
    kind: 'bool',
    default: false,
    description: 'send webhook-id, -timestamp and -signature beside every contract’s own headers',
  },
});
