import kafkajs, { type ISocketFactory, type Kafka, type KafkaConfig, type SASLOptions } from 'kafkajs';
import { LogError } from '../port/log-error.ts';
import { connectWholly, lookLessOften } from './kafkajs-inside.ts';
import { connectPlainly, wholeAnswers } from './whole-answers.ts';

/** How a process reaches its cluster. It holds a password: never print one whole. */
export interface KafkaConnection {
  /** host:port of some brokers of the cluster; the others are found. */
  readonly brokers: readonly string[];
  /** What brokers call us in their logs and quotas. */
  readonly clientId: string;
  /** `true`: TLS, with the authorities that Node trusts; an object: as `tls.connect` takes it (`ca`, `cert`, `key`, …). */
  readonly ssl?: KafkaConfig['ssl'];
  /** Who we are. With `plain` the password itself is sent: only over TLS. */
  readonly sasl?: KafkaSasl;
  /** How connections are made, where neither plain TCP nor TLS will do. */
  readonly socketFactory?: ISocketFactory;
}

export type KafkaSasl = Extract<SASLOptions, { mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512' }>;

/** Of one try; what has to outlast a broker's failure is tried again above. */
const RETRY = { initialRetryTime: 100, maxRetryTime: 1_000, retries: 3 };
const CONNECT_MS = 5_000;
const REQUEST_MS = 20_000;

/**
 * The one place where a client is made, so that all wait, retry and keep quiet alike. Connects nowhere yet. Throws
 * `log_closed` where an address is none. `answersWithinMs`: where less than the usual 20 s is enough.
 */
export function kafkaClient(connection: KafkaConnection, answersWithinMs = REQUEST_MS): Kafka {
  lookLessOften();
  connectWholly();
  const { brokers, clientId, ssl, sasl, socketFactory } = connection;
  const [problem] = brokers.map(addressProblem).filter((one) => one !== undefined);
  if (problem !== undefined) throw new LogError('log_closed', problem);
  if (brokers.length === 0) throw new LogError('log_closed', `no Kafka broker is named: ${asAddresses}`);
  return new kafkajs.Kafka({
    brokers: [...brokers],
    clientId,
    ...(ssl === undefined ? {} : { ssl }),
    ...(sasl === undefined ? {} : { sasl }),
    socketFactory: wholeAnswers(socketFactory ?? connectPlainly),
    retry: RETRY,
    connectionTimeout: CONNECT_MS,
    requestTimeout: Math.min(REQUEST_MS, answersWithinMs),
    // Every error reaches its caller as a LogError.
    logLevel: kafkajs.logLevel.NOTHING,
  });
}

const asAddresses = 'set HYPERHOOK_KAFKA_BROKERS to host:port[,host:port…]';

/** kafkajs splits at the colon, and finds out late: an address of IPv6 in brackets has too many of them. Undefined: fits. */
export function addressProblem(broker: string): string | undefined {
  const [, port] = /^[^:\s[\]/]+:(\d{1,5})$/.exec(broker) ?? [];
  if (port !== undefined && Number(port) > 0 && Number(port) < 65_536) return undefined;
  return `${JSON.stringify(broker)} is no address of a Kafka broker: ${asAddresses} (IPv6 by a host name, no protocol in front)`;
}
