import { randomBytes } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import { KafkaCluster } from '../libs/testkit/src/kafka/kafka-cluster.ts';
import { kafkaVersion } from '../libs/testkit/src/kafka/kafka-jars.ts';
import type { DemoSetup } from './demo-engine.ts';
import { dim } from './screen.ts';

export interface DemoBroker {
  readonly brokers: readonly string[];
  /** Of topics and groups. */
  readonly prefix: string;
}

/**
 * A Kafka of the demo's own, or the one that KAFKA_BROKERS names (comma-separated): there the demo takes names that nobody
 * else has, and removes its topics and groups at the end. Throws, with what to install, where there is neither.
 */
export async function startBroker({ screen, opened, signal }: DemoSetup): Promise<DemoBroker> {
  const named = (process.env['KAFKA_BROKERS'] ?? '').split(',').flatMap((part) => part.trim() || []);
  if (named.length > 0) {
    const prefix = `hyperhook-demo-${randomBytes(3).toString('hex')}.`;
    opened.defer(() => removeAll(named, prefix));
    return { brokers: named, prefix };
  }
  const cluster = await KafkaCluster.start({
    signal,
    onFetch: () => screen.line(dim(`  fetching Kafka ${kafkaVersion} by Maven, once (44 MB) …`)),
  });
  opened.defer(() => cluster.stop());
  return { brokers: cluster.brokers, prefix: 'hyperhook.' };
}

async function removeAll(brokers: readonly string[], prefix: string): Promise<void> {
  const kafka = new Kafka({ brokers: [...brokers], clientId: 'hyperhook-demo', logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  try {
    const topics = (await admin.listTopics()).filter((name) => name.startsWith(prefix));
    if (topics.length > 0) await admin.deleteTopics({ topics });
    const { groups } = await admin.listGroups();
    const ours = groups.map(({ groupId }) => groupId).filter((id) => id.startsWith(prefix));
    if (ours.length > 0) await admin.deleteGroups(ours);
  } finally {
    await admin.disconnect();
  }
}
