import { createThrowAwayCa, type ServerCertificate, type ThrowAwayCa } from '../throw-away-ca.ts';
import { AclBook } from './acl-book.ts';
import { freePorts } from './free-ports.ts';
import { KafkaCluster, type KafkaClusterOptions, type KafkaUser } from './kafka-cluster.ts';
import { secureListeners, type SecurePorts } from './secure-listeners.ts';

/** For whoever leaves it running, as `npm run kafka` does: just under what the authority itself is valid. */
const VALID_MS = 23 * 3_600_000;

export interface SecureKafkaOptions extends Omit<KafkaClusterOptions, 'properties' | 'scramUsers'> {
  /** By PLAIN and by SCRAM. `admin` may do everything; all others, what ACLs allow. */
  readonly users: readonly KafkaUser[];
}

/**
 * A cluster of its own whose brokers know their users: SASL_SSL with PLAIN and SCRAM, SSL with client certificates, and
 * the open port of every test cluster, where everything is allowed. Its certificates name 127.0.0.1 alone: by another
 * name it is not what it says it is.
 */
export class SecureKafka {
  /** Bootstrap addresses, `host:port`, by how one gets in. */
  readonly addresses: Readonly<Record<'open' | 'sasl' | 'mutual', string[]>>;
  readonly acls: AclBook;
  readonly cluster: KafkaCluster;
  readonly #authority: ThrowAwayCa;

  private constructor(cluster: KafkaCluster, ports: readonly SecurePorts[], authority: ThrowAwayCa) {
    const at = (port: number) => `127.0.0.1:${port}`;
    this.cluster = cluster;
    this.addresses = {
      open: cluster.brokers,
      sasl: ports.map(({ sasl }) => at(sasl)),
      mutual: ports.map(({ mutual }) => at(mutual)),
    };
    this.acls = new AclBook(cluster.brokers);
    this.#authority = authority;
  }

  static async start({ users, ...options }: SecureKafkaOptions): Promise<SecureKafka> {
    const authority = await createThrowAwayCa();
    const count = options.brokers ?? 1;
    const free = await freePorts(2 * count);
    const ports = Array.from({ length: count }, (_, at): SecurePorts => ({
      sasl: free[2 * at] ?? 0,
      mutual: free[2 * at + 1] ?? 0,
    }));
    const identity = {
      ...(await authority.issue({ hosts: ['127.0.0.1'], notAfter: new Date(Date.now() + VALID_MS) })),
      ca: authority.ca,
    };
    const cluster = await KafkaCluster.start({
      ...options,
      scramUsers: users,
      properties: (plan) => {
        const own = ports[plan.nodeId - 1];
        return own === undefined ? {} : secureListeners(plan, own, identity, users);
      },
    });
    return new SecureKafka(cluster, ports, authority);
  }

  /** PEM; what a client has to trust. */
  get ca(): string {
    return this.#authority.ca;
  }

  /** For the `mutual` addresses, where its holder is `CN=<name>`. */
  certificateOf(name: string): Promise<ServerCertificate> {
    return this.#authority.issue({ hosts: [name] });
  }

  stop(): Promise<void> {
    return this.cluster.stop();
  }
}
