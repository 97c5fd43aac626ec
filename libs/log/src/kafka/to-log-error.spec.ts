import { describe, expect, it } from '@jest/globals';
import kafkajs, { type KafkaJSError } from 'kafkajs';
import { actorOf } from './actor.ts';
import { kafkaClient } from './connection.ts';
import type { Asked } from './missing-right.ts';
import { toLogError, toStartError } from './to-log-error.ts';

const { KafkaJSConnectionError, KafkaJSProtocolError, KafkaJSSASLAuthenticationError } =
  kafkajs as unknown as {
    KafkaJSConnectionError: new (message: string, about?: { broker?: string; code?: string }) => KafkaJSError;
    KafkaJSProtocolError: new (error: { type: string; message: string }) => KafkaJSError;
    KafkaJSSASLAuthenticationError: new (message: string) => KafkaJSError;
  };

const connection = {
  brokers: ['a:1', 'b:2'],
  clientId: 'test',
  sasl: { mechanism: 'plain', username: 'ann', password: 'top-secret' },
} as const;
const actor = actorOf(connection, 'h.');
const protocol = (type: string) => new KafkaJSProtocolError({ type, message: type });
const write: Asked = { operation: 'Write', on: 'topic', names: ['h.events'] };

describe('an error of Kafka', () => {
  it.each(['TOPIC_AUTHORIZATION_FAILED', 'GROUP_AUTHORIZATION_FAILED', 'CLUSTER_AUTHORIZATION_FAILED'])(
    '%s ends a process that starts, and is waited out by one that runs',
    (type) => {
      expect(toStartError(protocol(type), { actor }).code).toBe('log_closed');
      expect(toLogError(protocol(type), { actor }).code).toBe('log_unavailable');
    },
  );

  it('is waited out while it runs, whatever a person has to mend', () => {
    const refused = new KafkaJSSASLAuthenticationError('SASL PLAIN authentication failed: wrong');
    expect(toLogError(refused, { actor }).retryable).toBe(true);
    expect(toStartError(refused, { actor }).retryable).toBe(false);
  });

  it('about a right names who, what, and the line that gives it', () => {
    expect(toLogError(protocol('TOPIC_AUTHORIZATION_FAILED'), { actor, asked: [write] }).message).toBe(
      'Kafka does not allow User:ann to Write on topic h.events. An administrator mends it: kafka-acls.sh ' +
        '--bootstrap-server a:1,b:2 --add --allow-principal "User:ann" --operation Write --topic h. --resource-pattern-type prefixed',
    );
    expect(toLogError(protocol('CLUSTER_AUTHORIZATION_FAILED'), { actor, asked: [write] }).message).toContain(
      'to Create on the cluster',
    );
  });

  it('says what little is known where nobody tells who asked for what', () => {
    expect(toLogError(protocol('TOPIC_AUTHORIZATION_FAILED')).message).toContain(
      '--add --allow-principal "User:<the user of this process>" --operation Read --topic <name>',
    );
  });

  it('is no wrong password where the connection broke over the check', () => {
    const broken = new KafkaJSSASLAuthenticationError('SASL PLAIN authentication failed: Closed connection');
    expect(toStartError(broken, { actor })).toMatchObject({
      retryable: true,
      message: expect.stringContaining('went away while it checked the user'),
    });
  });

  it.each([
    ['ECONNREFUSED', 'no Kafka broker answers at a:1 (ECONNREFUSED) (HYPERHOOK_KAFKA_BROKERS: a:1,b:2)'],
    ['ENOTFOUND', 'the name of Kafka at a:1 cannot be resolved (ENOTFOUND)'],
  ])('%s at the start may mend itself: it stays retryable, and names the address', (code, words) => {
    const error = toStartError(
      new KafkaJSConnectionError(`Connection error: ${code}`, { broker: 'a:1', code }),
      {
        actor,
      },
    );
    expect(error).toMatchObject({ retryable: true, message: expect.stringContaining(words) });
  });

  it.each([
    ['CERT_HAS_EXPIRED', 'not valid now (CERT_HAS_EXPIRED)'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'HYPERHOOK_KAFKA_CA_FILE'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'HYPERHOOK_KAFKA_CERT_FILE'],
  ])('%s is a mistake in a certificate', (code, words) => {
    const error = toStartError(new KafkaJSConnectionError('Connection error: x', { broker: 'a:1', code }), {
      actor,
    });
    expect(error).toMatchObject({ code: 'log_closed', message: expect.stringContaining(words) });
  });

  it.each(['MESSAGE_TOO_LARGE', 'UNSUPPORTED_VERSION', 'INVALID_GROUP_ID'])(
    '%s is terminal at any time',
    (type) => expect(toLogError(protocol(type)).retryable).toBe(false),
  );
});

describe('an address of a broker', () => {
  it.each(['kafka', 'kafka:', 'kafka:0', 'kafka:99999', 'kafka://kafka:9092', '[::1]:9092', ''])(
    '%j is refused before anything is tried',
    (broker) => {
      expect(() => kafkaClient({ brokers: [broker], clientId: 'x' })).toThrow(
        `${JSON.stringify(broker)} is no address of a Kafka broker: set HYPERHOOK_KAFKA_BROKERS to host:port`,
      );
    },
  );

  it('has to be there', () => {
    expect(() => kafkaClient({ brokers: [], clientId: 'x' })).toThrow('no Kafka broker is named');
  });
});
