export interface BrokerPlan {
  /** From 1. */
  readonly nodeId: number;
  readonly port: number;
  readonly controllerPort: number;
  readonly folder: string;
}

/**
 * What makes the broker of `plan` one of the cluster `all` (1 or 3 brokers): each is broker and controller at once.
 * `more` wins over everything said here.
 */
export function brokerProperties(
  plan: BrokerPlan,
  all: readonly BrokerPlan[],
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const replicas = `${all.length}`;
  const inSync = all.length === 1 ? '1' : '2';
  const voters = all.map(({ nodeId, controllerPort }) => `${nodeId}@127.0.0.1:${controllerPort}`);
  return {
    'process.roles': 'broker,controller',
    'node.id': `${plan.nodeId}`,
    'controller.quorum.voters': voters.join(','),
    listeners: `PLAINTEXT://127.0.0.1:${plan.port},CONTROLLER://127.0.0.1:${plan.controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${plan.port}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map':
      'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL',
    'log.dirs': plan.folder,
    'auto.create.topics.enable': 'false',
    'default.replication.factor': replicas,
    'min.insync.replicas': inSync,
    // A partition is a few files and a replica to fetch: one per broker is enough for tests, where 50 are the default.
    'offsets.topic.num.partitions': replicas,
    'offsets.topic.replication.factor': replicas,
    'transaction.state.log.num.partitions': replicas,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': inSync,
    'share.coordinator.state.topic.num.partitions': replicas,
    'share.coordinator.state.topic.replication.factor': replicas,
    'share.coordinator.state.topic.min.isr': inSync,
    'group.initial.rebalance.delay.ms': '0',
    // How long a killed broker still counts as alive, and may not return; 9 s and 2 s by default.
    'broker.session.timeout.ms': '6000',
    'broker.heartbeat.interval.ms': '500',
    // The default takes 128 MB of the 512 MB heap at once.
    'log.cleaner.dedupe.buffer.size': `${16 * 1024 * 1024}`,
    ...more,
  };
}

/** The file format of Java properties, for keys and values as Kafka has them. */
export function asPropertiesFile(properties: Readonly<Record<string, string>>): string {
  const lines = Object.entries(properties).map(([key, value]) => {
    if (/[\r\n]/.test(key + value)) throw new Error(`Kafka property ${key}: one line only`);
    return `${key}=${value.replaceAll('\\', '\\\\')}`;
  });
  return `${lines.join('\n')}\n`;
}
