/** Starts the brokers, says where they are, and ends them with itself. */
import { KafkaCluster } from '../../libs/testkit/src/kafka/kafka-cluster.ts';
import { kafkaVersion } from '../../libs/testkit/src/kafka/kafka-jars.ts';
import { readArguments, usage, type KafkaArguments } from './arguments.ts';

const ending = new AbortController();
const told = new Promise<undefined>((resolve) => {
  ending.signal.addEventListener('abort', () => resolve(undefined));
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ending.abort());

async function main(options: KafkaArguments): Promise<void> {
  const cluster = await KafkaCluster.start({
    ...options,
    signal: ending.signal,
    onFetch: () => console.log(`Fetching Kafka ${kafkaVersion} by Maven, once (44 MB) …`),
  });
  try {
    console.log(`Kafka ${kafkaVersion} is ready: ${cluster.brokers.join(',')}`);
    console.log(`  KAFKA_BROKERS=${cluster.brokers.join(',')}`);
    console.log(
      `  data and logs: ${cluster.dataFolder}${options.dataFolder ? ' (kept)' : ' (removed at the end)'}`,
    );
    console.log('Ctrl-C ends it.');
    const death = await Promise.race([told, cluster.died]);
    if (death !== undefined) throw death;
    console.log('Ending …');
  } finally {
    await cluster.stop();
  }
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
