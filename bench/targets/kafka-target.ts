import { KafkaCluster } from '../../libs/testkit/src/kafka/kafka-cluster.ts';
import { startPostgres } from '../../libs/testkit/src/postgres-for-tests.ts';
import { KafkaEngine } from '../../test/support/kafka-engine.ts';
import { engineTarget } from './engine-target.ts';
import type { Target } from './target.ts';

/** Four processes, a broker and a PostgreSQL, all on this machine. */
export async function startOnKafka(): Promise<Target> {
  await using opened = new AsyncDisposableStack();
  const kafka = await KafkaCluster.start({ isMeasured: true });
  opened.defer(() => kafka.stop());
  const postgres = await startPostgres();
  opened.defer(() => postgres.stop());
  const engine = new KafkaEngine({ brokers: kafka.brokers, databaseUrl: postgres.connectionString });
  opened.defer(() => engine.stop());
  await engine.start();
  const stack = opened.move();
  return engineTarget('kafka', engine, engine.one('ingestion').url, () => stack.disposeAsync());
}
