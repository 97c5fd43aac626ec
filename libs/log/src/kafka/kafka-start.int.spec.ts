import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import { freePorts, startKafka, type KafkaForTests } from '#testkit';
import { openKafkaLog } from './kafka-log.ts';
import { topicCommands } from './topic-commands.ts';

describe('a Kafka log that starts', () => {
  let kafka: KafkaForTests;
  let misled: string[];
  beforeAll(async () => {
    const [port = 0] = await freePorts(1);
    misled = [`127.0.0.1:${port}`];
    kafka = await startKafka({
      properties: (broker) => ({
        listeners: `PLAINTEXT://127.0.0.1:${broker.port},CONTROLLER://127.0.0.1:${broker.controllerPort},LOST://127.0.0.1:${port}`,
        'advertised.listeners': `PLAINTEXT://127.0.0.1:${broker.port},LOST://kafka.invalid:${port}`,
        'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,LOST:PLAINTEXT',
      }),
    });
  }, 90_000);
  afterAll(() => kafka?.stop());

  const admin = async (work: (admin: kafkajs.Admin) => Promise<unknown>) => {
    const client = new kafkajs.Kafka({ brokers: kafka.brokers, logLevel: kafkajs.logLevel.NOTHING }).admin();
    await client.connect();
    try {
      await work(client);
    } finally {
      await client.disconnect();
    }
  };

  it('says which addresses it tried where no broker listens, or none has that name', async () => {
    const [port] = await freePorts(1);
    await expect(openKafkaLog({ brokers: [`127.0.0.1:${port}`], clientId: 't' })).rejects.toMatchObject({
      code: 'log_unavailable',
      message: expect.stringContaining(`no Kafka broker answers at 127.0.0.1:${port} (ECONNREFUSED)`),
    });
    await expect(openKafkaLog({ brokers: ['kafka.invalid:9092'], clientId: 't' })).rejects.toMatchObject({
      code: 'log_unavailable',
      message: expect.stringMatching(/the name of Kafka at kafka\.invalid:9092 cannot be resolved/),
    });
  }, 20_000);

  it('says so where the brokers advertise addresses that lead nowhere', async () => {
    await expect(openKafkaLog({ brokers: misled, clientId: 't' })).rejects.toMatchObject({
      code: 'log_closed',
      message: expect.stringMatching(
        new RegExp(
          `Kafka at ${misled[0]} answers, but names its brokers as kafka\\.invalid:.*advertised\\.listeners`,
        ),
      ),
    });
  }, 20_000);

  it('takes the topics that an operator made by the commands it gives, and none of other settings', async () => {
    const lines = topicCommands('made.', 3, 1, kafka.brokers.join(','));
    await admin((client) => client.createTopics({ topics: lines.map(asTopic) }));
    const log = await openKafkaLog({ brokers: kafka.brokers, clientId: 't', prefix: 'made.' });
    await log.ensureTopics(3);
    await log.close();

    await admin((client) => client.createTopics({ topics: [{ topic: 'auto.events', numPartitions: 1 }] }));
    const other = await openKafkaLog({ brokers: kafka.brokers, clientId: 't', prefix: 'auto.' });
    await expect(other.ensureTopics(3)).rejects.toMatchObject({
      code: 'topic_mismatch',
      message: expect.stringMatching(
        /auto\.events has 1 partitions, 3 were asked for[^]*message\.timestamp\.type=CreateTime[^]*max\.message\.bytes=/,
      ),
    });
    await other.close();
  }, 30_000);

  it('warns of what puts records at risk', async () => {
    const warnings: string[] = [];
    const warn = (message: string) => warnings.push(message);
    const log = await openKafkaLog({ brokers: kafka.brokers, clientId: 't', prefix: 'risk.', warn });
    await log.ensureTopics(1);
    expect(warnings).toEqual([]);
    const { TOPIC } = kafkajs.ConfigResourceTypes;
    await admin((client) =>
      client.alterConfigs({
        validateOnly: false,
        resources: [
          {
            type: TOPIC,
            name: 'risk.outcomes',
            configEntries: [
              ...settingsIn(topicCommands('risk.', 1, 1, '').find((line) => line.includes('outcomes'))!),
              { name: 'unclean.leader.election.enable', value: 'true' },
            ],
          },
        ],
      }),
    );
    await log.ensureTopics(1);
    expect(warnings).toEqual([
      expect.stringContaining('risk.outcomes has unclean.leader.election.enable=true'),
    ]);
    await log.close();
  }, 30_000);
});

const settingsIn = (line: string) =>
  [...line.matchAll(/--config (\S+)=(\S+)/g)].map(([, name = '', value = '']) => ({ name, value }));

/** What kafka-topics.sh would make of the line. */
const asTopic = (line: string) => ({
  topic: /--topic (\S+)/.exec(line)![1]!,
  numPartitions: Number(/--partitions (\d+)/.exec(line)![1]),
  replicationFactor: Number(/--replication-factor (\d+)/.exec(line)![1]),
  configEntries: settingsIn(line),
});
