import { openKafkaLog } from '#log';
import { KafkaCluster } from '../../libs/testkit/src/kafka/kafka-cluster.ts';
import { startPostgres } from '../../libs/testkit/src/postgres-for-tests.ts';
import { KafkaEngine } from '../../test/support/kafka-engine.ts';
import { startBareLoop } from './bare-loop-target.ts';
import { engineTarget } from './engine-target.ts';
import { NOT_ASKED_FOR, type Setting, type SettingOptions } from './setting.ts';

/** Four processes, a broker and a PostgreSQL, all on this machine; the bare loop on the same two. */
export async function startOnKafka({ env, hasBareLoop }: SettingOptions): Promise<Setting> {
  await using opened = new AsyncDisposableStack();
  const kafka = await KafkaCluster.start({ isMeasured: true });
  opened.defer(() => kafka.stop());
  // A database that has run for an hour uses the segments of its log again; a young one fills each new one with zeroes first,
  // once as much as it has to write.
  const postgres = await startPostgres({ wal_init_zero: 'off' });
  opened.defer(() => postgres.stop());
  const { brokers } = kafka;
  const engine = new KafkaEngine({ brokers, databaseUrl: postgres.connectionString, env });
  opened.defer(() => engine.stop());
  await engine.start();
  const target = engineTarget({
    name: 'kafka',
    publishUrl: () => engine.one('ingestion').url,
    processes: () => engine.processes.filter(({ isRunning }) => isRunning),
    roles: ['ingestion', 'dispatcher', 'projector', 'admin', 'broker', 'postgres'],
    must: (method, path, body) => engine.must(method, path, body),
    withLog: async (work) => {
      const log = await openKafkaLog({ brokers, prefix: engine.prefix, clientId: 'bench' });
      try {
        await work(log);
      } finally {
        await log.close();
      }
    },
  });
  const bareLoop = hasBareLoop ? await startBareLoop(brokers, postgres.connectionString) : NOT_ASKED_FOR;
  if (typeof bareLoop !== 'string') opened.defer(() => bareLoop.stop());
  const stack = opened.move();
  return { target, bareLoop, stop: () => stack.disposeAsync() };
}
