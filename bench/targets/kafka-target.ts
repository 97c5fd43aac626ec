import { KafkaCluster } from '../../libs/testkit/src/kafka/kafka-cluster.ts';
import { startPostgres } from '../../libs/testkit/src/postgres-for-tests.ts';
import { KafkaEngine } from '../../test/support/kafka-engine.ts';
import { startBareLoop } from './bare-loop-target.ts';
import { engineTarget } from './engine-target.ts';
import type { Setting } from './setting.ts';

/** Four processes, a broker and a PostgreSQL, all on this machine; the bare loop on the same two. */
export async function startOnKafka(): Promise<Setting> {
  await using opened = new AsyncDisposableStack();
  const kafka = await KafkaCluster.start({ isMeasured: true });
  opened.defer(() => kafka.stop());
  const postgres = await startPostgres();
  opened.defer(() => postgres.stop());
  const engine = new KafkaEngine({ brokers: kafka.brokers, databaseUrl: postgres.connectionString });
  opened.defer(() => engine.stop());
  await engine.start();
  const target = engineTarget({
    name: 'kafka',
    engine,
    publishUrl: engine.one('ingestion').url,
    processes: () => engine.processes.filter(({ isRunning }) => isRunning),
    roles: ['ingestion', 'dispatcher', 'projector', 'admin', 'broker', 'postgres'],
  });
  const bareLoop = await startBareLoop(kafka.brokers, postgres.connectionString);
  opened.defer(() => bareLoop.stop());
  const stack = opened.move();
  return { target, bareLoop, stop: () => stack.disposeAsync() };
}
