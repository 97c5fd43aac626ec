import { defineConfig } from '../load-config.ts';

/** For the process that runs the policies. */
export const operatorSettings = defineConfig({
  operatorTenant: {
    env: 'HYPERHOOK_OPERATOR_TENANT',
    kind: 'string',
    default: null,
    description:
      'tenant (of standard-webhooks) whose endpoints are told what operators must know: endpoint.failed, delivery.failed, secret.rotated',
  },
});
