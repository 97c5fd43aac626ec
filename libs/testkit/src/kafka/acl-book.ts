import kafkajs, { type AclEntry, type Admin } from 'kafkajs';

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, Kafka, ResourcePatternTypes, logLevel } =
  kafkajs;

/** Who may do what: as `kafka-acls.sh --allow-principal User:<user> --operation <operation> …` says it. */
export interface KafkaAcl {
  /** The principal without `User:`; of a client certificate its whole subject. */
  readonly user: string;
  readonly operation: Exclude<keyof typeof AclOperationTypes, 'UNKNOWN' | 'ANY'>;
  readonly on: 'TOPIC' | 'GROUP' | 'CLUSTER';
  /** `CLUSTER` takes none. */
  readonly name?: string;
  /** Default: the name itself. */
  readonly pattern?: 'LITERAL' | 'PREFIXED';
}

/** Writes the ACLs of a cluster, as one who may do everything there. */
export class AclBook {
  readonly #brokers: string[];

  constructor(brokers: string[]) {
    this.#brokers = brokers;
  }

  /** In force on every broker soon after it resolves, not at once: try until it holds. */
  allow(...acls: readonly KafkaAcl[]): Promise<void> {
    return this.#with(async (admin) => {
      await admin.createAcls({ acl: acls.map(entryOf) });
    });
  }

  /** Takes away what `allow` gave, word by word. */
  forget(...acls: readonly KafkaAcl[]): Promise<void> {
    return this.#with(async (admin) => {
      await admin.deleteAcls({ filters: acls.map(entryOf) });
    });
  }

  async #with(work: (admin: Admin) => Promise<void>): Promise<void> {
    const admin = new Kafka({ brokers: this.#brokers, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    try {
      await work(admin);
    } finally {
      await admin.disconnect();
    }
  }
}

const entryOf = (acl: KafkaAcl): AclEntry => ({
  principal: `User:${acl.user}`,
  host: '*',
  operation: AclOperationTypes[acl.operation],
  permissionType: AclPermissionTypes.ALLOW,
  resourceType: AclResourceTypes[acl.on],
  resourceName: acl.name ?? 'kafka-cluster',
  resourcePatternType: ResourcePatternTypes[acl.pattern ?? 'LITERAL'],
});
