import type { ServerCertificate } from '../throw-away-ca.ts';
import type { KafkaUser } from './kafka-cluster.ts';

/** Ports of one broker, besides the open one. */
export interface SecurePorts {
  /** SASL_SSL: PLAIN, SCRAM-SHA-256 and SCRAM-SHA-512. */
  readonly sasl: number;
  /** SSL that asks for a certificate: its subject is the principal. */
  readonly mutual: number;
}

/**
 * Settings of a broker that asks who is there. What is not allowed is denied, but to `admin` and to whoever comes by the
 * open port: brokers talk to each other there, and a test mends its ACLs.
 */
export function secureListeners(
  { port, controllerPort }: { readonly port: number; readonly controllerPort: number },
  { sasl, mutual }: SecurePorts,
  identity: ServerCertificate & { readonly ca: string },
  users: readonly KafkaUser[],
): Record<string, string> {
  const plain = users.map(({ name, password }) => `user_${name}="${password}"`).join(' ');
  return {
    listeners: [
      `PLAINTEXT://127.0.0.1:${port}`,
      `CONTROLLER://127.0.0.1:${controllerPort}`,
      `SASL_SSL://127.0.0.1:${sasl}`,
      `SSL://127.0.0.1:${mutual}`,
    ].join(','),
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port},SASL_SSL://127.0.0.1:${sasl},SSL://127.0.0.1:${mutual}`,
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
    'listener.name.sasl_ssl.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required ${plain};`,
    'listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config': `${scram} required;`,
    'listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config': `${scram} required;`,
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.certificate.chain': identity.cert,
    'ssl.keystore.key': identity.key,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.certificates': identity.ca,
    'listener.name.ssl.ssl.client.auth': 'required',
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:ANONYMOUS;User:admin',
  };
}

const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule';
