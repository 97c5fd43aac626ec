/** Starts the brokers, says where they are, and ends them with itself. */
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KafkaCluster } from '../../libs/testkit/src/kafka/kafka-cluster.ts';
import { kafkaVersion } from '../../libs/testkit/src/kafka/kafka-jars.ts';
import { SecureKafka } from '../../libs/testkit/src/kafka/secure-kafka.ts';
import { readArguments, usage, type KafkaArguments } from './arguments.ts';

const ending = new AbortController();
const told = new Promise<undefined>((resolve) => {
  ending.signal.addEventListener('abort', () => resolve(undefined));
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ending.abort());

const onFetch = () => console.log(`Fetching Kafka ${kafkaVersion} by Maven, once (44 MB) …`);

async function main(options: KafkaArguments): Promise<void> {
  if (options.sasl === true) return secured(options);
  const cluster = await KafkaCluster.start({ ...options, signal: ending.signal, onFetch });
  try {
    console.log(`Kafka ${kafkaVersion} is ready: ${cluster.brokers.join(',')}`);
    console.log(`  KAFKA_BROKERS=${cluster.brokers.join(',')}`);
    console.log(
      `  data and logs: ${cluster.dataFolder}${options.dataFolder ? ' (kept)' : ' (removed at the end)'}`,
    );
    await untilEnd(cluster);
  } finally {
    await cluster.stop();
  }
}

async function secured(options: KafkaArguments): Promise<void> {
  const users = ['admin', 'engine'].map((name) => ({
    name,
    password: randomBytes(12).toString('base64url'),
  }));
  const kafka = await SecureKafka.start({ ...options, users, signal: ending.signal, onFetch });
  try {
    const authority = join(kafka.cluster.dataFolder, 'ca.pem');
    await writeFile(authority, kafka.ca);
    const [admin] = users;
    console.log(`Kafka ${kafkaVersion} is ready, and asks who is there:`);
    console.log(`  HYPERHOOK_KAFKA_BROKERS=${kafka.addresses.sasl.join(',')}`);
    console.log('  HYPERHOOK_KAFKA_SSL=true');
    console.log(`  HYPERHOOK_KAFKA_CA_FILE=${authority}`);
    console.log('  HYPERHOOK_KAFKA_SASL_MECHANISM=scram-sha-512 (or scram-sha-256, plain)');
    console.log(`  HYPERHOOK_KAFKA_USERNAME=${admin?.name} (may do everything)`);
    console.log(`  HYPERHOOK_KAFKA_PASSWORD=${admin?.password}`);
    for (const { name, password } of users.slice(1)) {
      console.log(`  another user, for ACLs: ${name}, password ${password}`);
    }
    console.log(`  without TLS or a user, everything allowed: ${kafka.addresses.open.join(',')}`);
    await untilEnd(kafka.cluster);
  } finally {
    await kafka.stop();
  }
}

async function untilEnd(cluster: KafkaCluster): Promise<void> {
  console.log('Ctrl-C ends it.');
  const death = await Promise.race([told, cluster.died]);
  if (death !== undefined) throw death;
  console.log('Ending …');
}

function fail(error: unknown, hint = ''): void {
  console.error(`${error instanceof Error ? error.message : String(error)}${hint}`);
  process.exitCode = 1;
}

let options: KafkaArguments | undefined;
try {
  options = readArguments(process.argv.slice(2));
} catch (error) {
  fail(error, `\n\n${usage}`);
}
if (options !== undefined) {
  await main(options).catch((error: unknown) => {
    if (!ending.signal.aborted) fail(error);
  });
}
