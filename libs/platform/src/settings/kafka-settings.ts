import { defineConfig, type ConfigOf } from '../load-config.ts';

/** How the cluster is reached. One installation has one prefix. */
export const kafkaSettings = defineConfig({
  kafkaBrokers: {
    env: 'HYPERHOOK_KAFKA_BROKERS',
    kind: 'list',
    min: 1,
    description: 'host:port of some brokers, comma separated; the others are found',
  },
  kafkaPrefix: {
    env: 'HYPERHOOK_KAFKA_PREFIX',
    kind: 'string',
    default: 'hyperhook.',
    description: 'before the names of all topics and groups; one installation has one prefix',
  },
  kafkaSsl: {
    env: 'HYPERHOOK_KAFKA_SSL',
    kind: 'bool',
    default: false,
    description: 'reach the brokers by TLS',
  },
  kafkaCaFile: {
    env: 'HYPERHOOK_KAFKA_CA_FILE',
    kind: 'string',
    default: null,
    description:
      'PEM file of the authority that signed the brokers’ certificates, where it is not a public one',
  },
  kafkaCertFile: {
    env: 'HYPERHOOK_KAFKA_CERT_FILE',
    kind: 'string',
    default: null,
    description: 'PEM file of this client’s certificate, where the brokers ask for one',
  },
  kafkaKeyFile: {
    env: 'HYPERHOOK_KAFKA_KEY_FILE',
    kind: 'string',
    default: null,
    description: 'PEM file of the key of this client’s certificate',
  },
  kafkaSaslMechanism: {
    env: 'HYPERHOOK_KAFKA_SASL_MECHANISM',
    kind: 'string',
    oneOf: ['none', 'plain', 'scram-sha-256', 'scram-sha-512'],
    default: 'none',
    description: 'how this client says who it is',
  },
  kafkaUsername: {
    env: 'HYPERHOOK_KAFKA_USERNAME',
    kind: 'string',
    default: null,
    description: 'with a SASL mechanism: as whom',
  },
  kafkaPassword: {
    env: 'HYPERHOOK_KAFKA_PASSWORD',
    kind: 'string',
    default: null,
    secret: true,
    description: 'with a SASL mechanism: the password',
  },
  kafkaSessionTimeout: {
    env: 'HYPERHOOK_KAFKA_SESSION_TIMEOUT',
    kind: 'duration',
    default: 30_000,
    min: 6_000,
    max: 300_000,
    description: 'how long a process may be silent before others take over its partitions',
  },
});

export type KafkaConfig = ConfigOf<typeof kafkaSettings>;
