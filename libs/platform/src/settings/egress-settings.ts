import { defineConfig } from '../load-config.ts';

/** Where endpoints may be: checked where they are saved and where they are sent to. */
export const egressSettings = defineConfig({
  egressAllow: {
    env: 'HYPERHOOK_EGRESS_ALLOW',
    kind: 'list',
    default: [],
    description: 'CIDR ranges that endpoints may be in although they are not public, e.g. 10.0.0.0/8',
  },
  egressDeny: {
    env: 'HYPERHOOK_EGRESS_DENY',
    kind: 'list',
    default: [],
    description:
      'CIDR ranges and host names (or suffixes like .api.example.com) that endpoints must not be at although they are public: the installation’s own',
  },
  egressHosts: {
    env: 'HYPERHOOK_EGRESS_HOSTS',
    kind: 'list',
    default: [],
    description:
      'host names (or suffixes like .corp.internal) resolved the system’s way and on any port; their addresses must be public or allowed',
  },
});
