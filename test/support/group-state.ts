import kafkajs, { type Admin } from 'kafkajs';
import type { KafkaEngine } from './kafka-engine.ts';

async function asked<T>(engine: KafkaEngine, ask: (admin: Admin) => Promise<T>): Promise<T> {
  const { logLevel, Kafka } = kafkajs;
  const admin = new Kafka({ brokers: [...engine.brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    return await ask(admin);
  } finally {
    await admin.disconnect();
  }
}

/** Node id of the broker that coordinates a group of the engine. It is the one that leads the group's partition. */
export async function coordinatorOf(engine: KafkaEngine, group: string): Promise<number> {
  const topic = '__consumer_offsets';
  return asked(engine, async (admin) => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const partitions = topics[0]?.partitions ?? [];
    const of = Math.abs(javaHash(engine.prefix + group)) % partitions.length;
    return partitions.find(({ partitionId }) => partitionId === of)?.leader ?? 0;
  });
}

/** `String.hashCode` of Java, which Kafka shares out its groups by. */
function javaHash(text: string): number {
  let hash = 0;
  for (const letter of text) hash = (Math.imul(31, hash) + (letter.codePointAt(0) ?? 0)) | 0;
  return hash;
}

/** For whoever looks at a test that failed: what the group, and each dispatcher, say of themselves. */
export async function dispatchersNow(engine: KafkaEngine): Promise<string> {
  const groupId = `${engine.prefix}dispatcher`;
  const said = await asked(engine, async (admin) => {
    const { groups } = await admin.describeGroups([groupId]);
    const state = groups.map((group) => `${group.state}, ${group.members.length} members`);
    const [found] = await admin.fetchOffsets({ groupId, topics: [`${engine.prefix}events`] });
    const ends = await admin.fetchTopicOffsets(`${engine.prefix}events`);
    const behind = ends.map(({ partition, offset }) => {
      const at = found?.partitions.find((one) => one.partition === partition)?.offset ?? '?';
      return `${partition}: ${at} of ${offset}`;
    });
    return `group ${state.join()}; events ${behind.join(', ')}`;
  }).catch(String);
  const each: string | string[] = await Promise.all(
    engine.of('dispatcher').map(async (one) => {
      const [ready, metrics] = await Promise.all(
        ['readyz', 'metrics'].map(async (path) => (await fetch(`${one.url}/${path}`)).text()),
      );
      const gauges = metrics?.match(/^hyperhook_dispatcher_\w+ .*$/gm)?.join(', ');
      return `dispatcher ${one.pid}: ${ready} ${gauges}\n${one.stderr.slice(-1_500)}`;
    }),
  ).catch(String);
  return `${said}\n${[each].flat().join('\n')}`;
}
