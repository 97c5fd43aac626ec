import { defineConfig, loadConfig, type ConfigOf } from '#platform';
import { ingestionSettings } from '../../ingestion/src/ingestion.config.ts';

/** Every setting of `npm start`. All have defaults: the empty environment gives a working engine. */
export const standaloneSchema = defineConfig({
  host: { env: 'HYPERHOOK_HOST', kind: 'string', default: '127.0.0.1', description: 'address to listen on' },
  port: {
    env: 'HYPERHOOK_PORT',
    kind: 'int',
    default: 8080,
    min: 0,
    max: 65_535,
    description: 'port of the API; 0: a free one',
  },
  dataDir: {
    env: 'HYPERHOOK_DATA_DIR',
    kind: 'string',
    default: '.hyperhook',
    description: 'folder of everything that must survive a restart',
  },
  partitions: {
    env: 'HYPERHOOK_PARTITIONS',
    kind: 'int',
    default: 8,
    min: 1,
    max: 256,
    description: 'partitions of events and all that follows; fixed when the installation is created',
  },
  timeScale: {
    env: 'HYPERHOOK_TIME_SCALE',
    kind: 'float',
    default: 1,
    min: 0.000_01,
    max: 1,
    description: 'contract time to real time, for demonstrations; fixed when the installation is created',
  },
  contractsDir: {
    env: 'HYPERHOOK_CONTRACTS_DIR',
    kind: 'string',
    default: null,
    description: 'folder of further contract files; their ids must differ from the shipped ones',
  },
  allowHttp: {
    env: 'HYPERHOOK_ALLOW_HTTP',
    kind: 'bool',
    default: false,
    description: 'accept http:// endpoints where the contract asks for https in production only',
  },
  egressAllow: {
    env: 'HYPERHOOK_EGRESS_ALLOW',
    kind: 'list',
    default: [],
    description: 'CIDR ranges that endpoints may be in although they are not public, e.g. 10.0.0.0/8',
  },
  egressHosts: {
    env: 'HYPERHOOK_EGRESS_HOSTS',
    kind: 'list',
    default: [],
    description:
      'host names (or suffixes like .corp.internal) resolved the system’s way and on any port; their addresses must be public or allowed',
  },
  extraCaFile: {
    env: 'HYPERHOOK_EXTRA_CA_FILE',
    kind: 'string',
    default: null,
    description:
      'PEM file of certificate authorities that endpoints may be signed by besides the public ones',
  },
  rootKey: {
    env: 'HYPERHOOK_ROOT_KEY',
    kind: 'string',
    default: null,
    min: 24,
    secret: true,
    description: 'the first API key, instead of a generated one; read when the installation is created',
  },
  secretKeys: {
    env: 'HYPERHOOK_SECRET_KEYS',
    kind: 'string',
    default: null,
    secret: true,
    description:
      'id:base64 of 32 bytes, comma separated, current first; else made and kept in the data folder',
  },
  standardWebhooks: {
    env: 'HYPERHOOK_STANDARD_WEBHOOKS',
    kind: 'bool',
    default: false,
    description: 'send webhook-id, -timestamp and -signature beside every contract’s own headers',
  },
  logLevel: {
    env: 'HYPERHOOK_LOG_LEVEL',
    kind: 'string',
    oneOf: ['debug', 'info', 'warn', 'error', 'silent'],
    default: 'info',
    description: 'least level of log lines',
  },
  ...ingestionSettings,
});

export type StandaloneConfig = ConfigOf<typeof standaloneSchema>;

export function loadStandaloneConfig(env: Readonly<Record<string, string | undefined>>): StandaloneConfig {
  return loadConfig(standaloneSchema, { env });
}
