import { join } from 'node:path';
import { openPostgresLog, type Log } from '#log';
import { createLogger, startEmbeddedPostgres } from '#platform';
import { KafkaCluster } from '../../libs/testkit/src/kafka/kafka-cluster.ts';
import { startPostgres } from '../../libs/testkit/src/postgres-for-tests.ts';
import { makeDataFolder } from '../../test/support/data-folder.ts';
import { StandaloneProcess } from '../../test/support/standalone-process.ts';
import { startBareLoop } from './bare-loop-target.ts';
import { engineTarget } from './engine-target.ts';
import { NOT_ASKED_FOR, type Setting, type SettingOptions } from './setting.ts';
import type { EngineProcess, Target } from './target.ts';

/** One process over an embedded PostgreSQL; the bare loop on a broker and a PostgreSQL of its own, where Java is there. */
export async function startStandalone({ env, hasBareLoop }: SettingOptions): Promise<Setting> {
  await using opened = new AsyncDisposableStack();
  const folder = await makeDataFolder('bench');
  opened.defer(() => folder.remove());
  const engine = new StandaloneProcess({ HYPERHOOK_DATA_DIR: folder.path, ...env });
  opened.defer(async () => void (await engine.stop()));
  await engine.start();
  const own: EngineProcess = {
    app: 'standalone',
    get pid() {
      return engine.pid;
    },
    get url() {
      return engine.url;
    },
    get grpc() {
      return engine.grpc;
    },
    start: () => engine.start(),
    stop: () => engine.stop(),
  };
  const target = engineTarget({
    name: 'standalone',
    publishUrl: () => engine.url,
    processes: () => [own],
    roles: ['standalone', 'standalone postgres'],
    must: (method, path, body) => engine.must(method, path, body),
    withLog: async (work) => {
      await engine.stop();
      await withLogOf(folder.path, work);
      await engine.start();
    },
  });
  const bareLoop = hasBareLoop
    ? await startBareLoopAlone(opened).catch((error: unknown) => String(error))
    : NOT_ASKED_FOR;
  const stack = opened.move();
  return { target, bareLoop, stop: () => stack.disposeAsync() };
}

/** Of an installation that does not run. */
async function withLogOf(folder: string, work: (log: Log) => Promise<void>): Promise<void> {
  const quiet = createLogger({ name: 'bench', level: 'silent' });
  await using opened = new AsyncDisposableStack();
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), log: quiet });
  opened.defer(() => postgres.stop());
  const connection = { connectionString: postgres.connectionString };
  const log = await openPostgresLog({ connection, onLost: () => {} });
  opened.defer(() => log.close());
  await work(log);
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
