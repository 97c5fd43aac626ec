import { X509Certificate } from 'node:crypto';
import type { KafkaConnection } from './connection.ts';

/** Who asks, and where: for what an error tells a person to do. Holds no secret. */
export interface Actor {
  /** As `--bootstrap-server` takes it. */
  readonly bootstrap: string;
  /** As `--allow-principal` takes it; undefined where the broker alone knows. */
  readonly principal: string | undefined;
  readonly mechanism: string | undefined;
  readonly usesTls: boolean;
  /** Of topics and groups, where they have one. */
  readonly prefix: string;
}

export function actorOf(connection: KafkaConnection, prefix = ''): Actor {
  const { brokers, sasl, ssl } = connection;
  return {
    bootstrap: brokers.join(','),
    principal: sasl === undefined ? holderOf(ssl) : `User:${sasl.username}`,
    mechanism: sasl?.mechanism.toUpperCase(),
    usesTls: ssl !== undefined && ssl !== false,
    prefix,
  };
}

/** A broker that asks for a certificate takes its subject for the user; without one everybody is ANONYMOUS. */
function holderOf(ssl: KafkaConnection['ssl']): string | undefined {
  const cert = typeof ssl === 'object' ? ssl.cert : undefined;
  if (cert === undefined) return 'User:ANONYMOUS';
  if (typeof cert !== 'string' && !Buffer.isBuffer(cert)) return undefined;
  try {
    return `User:${new X509Certificate(cert).subject.split('\n').toReversed().join(',')}`;
  } catch {
    return undefined;
  }
}
