import { brokerProperties, type BrokerPlan } from './broker-properties.ts';

export const kafkaImage = 'apache/kafka:4.3.1';

const CONTROLLER_PORT = 9093;
const BROKER_PORT = 9094;

export const aliasOf = (nodeId: number): string => `kafka-${nodeId}`;

/**
 * The environment of a container of {@link kafkaImage}: the settings of every test cluster, but that brokers find each
 * other by name inside the network, and clients find them at `host`, by the same port outside as inside.
 */
export function containerEnvironment(
  plan: BrokerPlan,
  all: readonly BrokerPlan[],
  { host, clusterId }: { readonly host: string; readonly clusterId: string },
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const properties = brokerProperties(plan, all, {
    'controller.quorum.voters': all
      .map(({ nodeId }) => `${nodeId}@${aliasOf(nodeId)}:${CONTROLLER_PORT}`)
      .join(','),
    listeners: `PLAINTEXT://0.0.0.0:${plan.port},BROKER://0.0.0.0:${BROKER_PORT},CONTROLLER://0.0.0.0:${CONTROLLER_PORT}`,
    'advertised.listeners': `PLAINTEXT://${host}:${plan.port},BROKER://${aliasOf(plan.nodeId)}:${BROKER_PORT}`,
    'inter.broker.listener.name': 'BROKER',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,BROKER:PLAINTEXT',
    'log.dirs': '/var/lib/kafka/data',
    ...more,
  });
  const entries = Object.entries(properties).map(([key, value]): [string, string] => [
    variableOf(key),
    value,
  ]);
  return { ...Object.fromEntries(entries), CLUSTER_ID: clusterId, KAFKA_HEAP_OPTS: '-Xms256m -Xmx512m' };
}

/** As the image's entry point reads it back. */
const variableOf = (key: string): string =>
  `KAFKA_${key.replaceAll('_', '__').replaceAll('-', '___').replaceAll('.', '_').toUpperCase()}`;
