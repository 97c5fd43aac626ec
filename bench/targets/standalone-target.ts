import { KafkaCluster } from '../../libs/testkit/src/kafka/kafka-cluster.ts';
import { startPostgres } from '../../libs/testkit/src/postgres-for-tests.ts';
import { makeDataFolder } from '../../test/support/data-folder.ts';
import { StandaloneProcess } from '../../test/support/standalone-process.ts';
import { startBareLoop } from './bare-loop-target.ts';
import { engineTarget } from './engine-target.ts';
import type { Setting } from './setting.ts';
import type { Target } from './target.ts';

/** One process over an embedded PostgreSQL; the bare loop on a broker and a PostgreSQL of its own, where Java is there. */
export async function startStandalone(): Promise<Setting> {
  await using opened = new AsyncDisposableStack();
  const folder = await makeDataFolder('bench');
  opened.defer(() => folder.remove());
  const engine = new StandaloneProcess({ HYPERHOOK_DATA_DIR: folder.path });
  opened.defer(async () => void (await engine.stop()));
  await engine.start();
  const target = engineTarget({
    name: 'standalone',
    engine,
    publishUrl: engine.url,
    processes: () => [engine],
    roles: ['standalone', 'standalone postgres'],
  });
  const bareLoop = await startBareLoopAlone(opened).catch((error: unknown) => String(error));
  const stack = opened.move();
  return { target, bareLoop, stop: () => stack.disposeAsync() };
}

async function startBareLoopAlone(opened: AsyncDisposableStack): Promise<Target> {
  const kafka = await KafkaCluster.start({ isMeasured: true });
  opened.defer(() => kafka.stop());
  const postgres = await startPostgres();
  opened.defer(() => postgres.stop());
  const bareLoop = await startBareLoop(kafka.brokers, postgres.connectionString);
  opened.defer(() => bareLoop.stop());
  return bareLoop;
}
