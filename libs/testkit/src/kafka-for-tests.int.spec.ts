import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { Kafka, logLevel } from 'kafkajs';
import { isFree } from './kafka/free-ports.ts';
import { KafkaCluster } from './kafka/kafka-cluster.ts';

// Of our own even where KAFKA_BROKERS names another: this suite is about starting and ending one.
let cluster: KafkaCluster;
beforeAll(async () => {
  // A broker that was killed may return only when its old session has ended.
  cluster = await KafkaCluster.start({ properties: { 'broker.session.timeout.ms': '1500' } });
}, 90_000);
afterAll(() => cluster?.stop());

const portOf = (address: string | undefined): number => Number(address?.split(':')[1]);
const client = (retries = 5): Kafka =>
  new Kafka({ brokers: cluster.brokers, logLevel: logLevel.NOTHING, retry: { retries } });

async function append(topic: string, value: string, retries?: number): Promise<void> {
  const producer = client(retries).producer();
  await producer.connect();
  try {
    await producer.send({ topic, messages: [{ partition: 0, value }] });
  } finally {
    await producer.disconnect();
  }
}

async function read(topic: string, count: number): Promise<string[]> {
  const consumer = client().consumer({ groupId: `reader-of-${topic}-${count}` });
  const values: string[] = [];
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      const eachMessage = async ({ message }: { message: { value: Buffer | null } }): Promise<void> => {
        if (values.push(String(message.value)) === count) resolve();
      };
      consumer.run({ eachMessage }).catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
  return values;
}

describe('a Kafka of our own', () => {
  it('creates a topic, appends a record and reads it again', async () => {
    const admin = client().admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: 'one', numPartitions: 1 }], waitForLeaders: true });
    await admin.disconnect();
    await append('one', 'first');
    expect(await read('one', 1)).toEqual(['first']);
  }, 30_000);

  it('creates no topic that nobody asked for', async () => {
    await expect(append('unheard-of', 'x', 1)).rejects.toThrow('does not host this topic-partition');
  }, 30_000);

  it('is gone when killed, and has its records when it returns', async () => {
    const port = portOf(cluster.brokers[0]);
    await cluster.kill(1);
    expect(await isFree(port)).toBe(true);
    await cluster.restart(1);
    await append('one', 'second');
    expect(await read('one', 2)).toEqual(['first', 'second']);
  }, 60_000);

  it('says which brokers it has when asked for another', async () => {
    await expect(cluster.kill(2)).rejects.toThrow('no broker 2: this cluster has 1 to 1');
  });

  it('shows what a broker said last when it cannot start, and leaves nothing behind', async () => {
    await expect(KafkaCluster.start({ properties: { 'num.io.threads': 'many' } })).rejects.toThrow(
      /Invalid value many for configuration num\.io\.threads/,
    );
  }, 60_000);

  it('leaves neither process nor data when stopped, also when stopped twice', async () => {
    const ports = cluster.brokers.map(portOf);
    await cluster.stop();
    await cluster.stop();
    expect(await Promise.all(ports.map(isFree))).toEqual([true]);
    expect(existsSync(cluster.dataFolder)).toBe(false);
  });
});
