import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import { eventually } from '../eventually.ts';
import { KafkaCluster } from './kafka-cluster.ts';

describe('a cluster of three', () => {
  let cluster: KafkaCluster;
  beforeAll(async () => {
    cluster = await KafkaCluster.start({ brokers: 3, properties: { 'broker.session.timeout.ms': '2000' } });
  }, 90_000);
  afterAll(() => cluster?.stop());

  it('elects another leader when one is killed, and has all in sync when it returns', async () => {
    const kafka = new Kafka({ brokers: cluster.brokers, logLevel: logLevel.NOTHING });
    const admin = kafka.admin();
    const partition = async () => {
      const { topics } = await admin.fetchTopicMetadata({ topics: ['kept'] });
      return topics[0]!.partitions[0]!;
    };
    await admin.connect();
    try {
      await admin.createTopics({ topics: [{ topic: 'kept', numPartitions: 1 }], waitForLeaders: true });
      const before = await partition();
      expect(new Set(before.replicas)).toEqual(new Set([1, 2, 3]));

      await cluster.kill(before.leader);
      const elected = await eventually(async () => {
        const { leader, isr } = await partition();
        if (leader === before.leader || leader < 1) throw new Error(`the leader is still ${leader}`);
        return { leader, isr };
      }, 20_000);
      expect(elected.isr).not.toContain(before.leader);

      await cluster.restart(before.leader);
      await eventually(async () => expect((await partition()).isr).toHaveLength(3), 20_000);
    } finally {
      await admin.disconnect();
    }
  }, 90_000);
});
