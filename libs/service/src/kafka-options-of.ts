import { readFileSync } from 'node:fs';
import { ConfigError, type KafkaConfig } from '#platform';
import { addressProblem, type KafkaLogOptions } from '#log';

const HEARTBEAT_MS = 500;

/** What the settings say of the cluster, files read. Throws a {@link ConfigError} with all that does not fit together. */
export function kafkaOptionsOf(config: KafkaConfig, clientId: string): KafkaLogOptions {
  const problems: string[] = [];
  const read = (env: string, path: string | null): string | undefined => {
    if (path === null) return undefined;
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      problems.push(`${env}: cannot read ${path} (${(error as NodeJS.ErrnoException).code})`);
      return undefined;
    }
  };
  for (const broker of config.kafkaBrokers) {
    const problem = addressProblem(broker);
    if (problem !== undefined) problems.push(`HYPERHOOK_KAFKA_BROKERS: ${problem}`);
  }
  const ca = read('HYPERHOOK_KAFKA_CA_FILE', config.kafkaCaFile);
  const cert = read('HYPERHOOK_KAFKA_CERT_FILE', config.kafkaCertFile);
  const key = read('HYPERHOOK_KAFKA_KEY_FILE', config.kafkaKeyFile);
  if ((config.kafkaCertFile === null) !== (config.kafkaKeyFile === null)) {
    problems.push('HYPERHOOK_KAFKA_CERT_FILE, HYPERHOOK_KAFKA_KEY_FILE: give both, or none');
  }
  if (!config.kafkaSsl && (config.kafkaCaFile ?? config.kafkaCertFile) !== null) {
    problems.push('HYPERHOOK_KAFKA_SSL: a certificate is given, but TLS is off; set it to true');
  }
  const sasl = saslOf(config, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    brokers: config.kafkaBrokers,
    clientId,
    prefix: config.kafkaPrefix,
    sessionTimeoutMs: config.kafkaSessionTimeout,
    // Whoever shares out anew waits for everybody's next heartbeat.
    heartbeatMs: HEARTBEAT_MS,
    ...(config.kafkaSsl
      ? {
          ssl: {
            ...(ca === undefined ? {} : { ca: [ca] }),
            ...(cert === undefined ? {} : { cert }),
            ...(key === undefined ? {} : { key }),
          },
        }
      : {}),
    ...(sasl === undefined ? {} : { sasl }),
  };
}

function saslOf(config: KafkaConfig, problems: string[]): KafkaLogOptions['sasl'] {
  const { kafkaSaslMechanism: mechanism, kafkaUsername: username, kafkaPassword: password } = config;
  if (mechanism === 'none') {
    if ((username ?? password) !== null) {
      problems.push(
        'HYPERHOOK_KAFKA_SASL_MECHANISM: a user or password is given, but no mechanism; name one',
      );
    }
    return undefined;
  }
  if (username === null || password === null) {
    problems.push(
      `HYPERHOOK_KAFKA_USERNAME, HYPERHOOK_KAFKA_PASSWORD: ${mechanism} needs both, ${username === null ? 'the first' : 'the second'} is missing`,
    );
    return undefined;
  }
  return { mechanism, username, password };
}
