import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../libs/platform/src/postgres/embedded-postgres.ts';
import { consoleTools } from '../libs/testkit/src/kafka/console-tools.ts';
import { startBroker, type DemoBroker } from './broker.ts';
import type { DemoEngine, DemoSetup } from './demo-engine.ts';
import { startEngineProcess } from './engine-process.ts';
import { dim, green } from './screen.ts';

const silent = { info: () => {}, warn: () => {} };

/** The engine as separate processes over Kafka, with an embedded PostgreSQL for the history. */
export async function startSeparate(setup: DemoSetup): Promise<DemoEngine> {
  const { folder, screen, opened, signal } = setup;
  const ready = (what: string, where: string): void =>
    screen.line(`${green('✓')} ${what.padEnd(10)} ${where} ${dim(`after ${screen.seconds.toFixed(1)} s`)}`);
  const starting = [
    startBroker(setup).then((broker) => {
      ready('Kafka', broker.brokers.join(','));
      return broker;
    }),
    startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), log: silent }).then((postgres) => {
      opened.defer(() => postgres.stop());
      ready('PostgreSQL', `127.0.0.1:${postgres.port}`);
      return postgres;
    }),
  ] as const;
  // What comes up beside a failure must be known before everything is closed.
  await Promise.allSettled(starting);
  const [broker, postgres] = await Promise.all(starting);
  signal.throwIfAborted();

  const rootKey = `hh_root_${randomBytes(24).toString('hex')}`;
  const env = {
    ...setup.env,
    HYPERHOOK_KAFKA_BROKERS: broker.brokers.join(','),
    HYPERHOOK_KAFKA_PREFIX: broker.prefix,
    HYPERHOOK_DATABASE_URL: postgres.connectionString,
    HYPERHOOK_ROOT_KEY: rootKey,
    HYPERHOOK_SECRET_KEYS: `demo:${randomBytes(32).toString('base64')}`,
  };
  const start = async (app: string): Promise<string> => {
    const process = await startEngineProcess(app, env, /ready at (\S+)\n/);
    opened.defer(() => process.stop());
    const [, url = ''] = /ready at (\S+)\n/.exec(process.greeting) ?? [];
    ready(app, `${url} ${dim(`process ${process.pid}`)}`);
    return url;
  };
  // The first creates the topics; the others then find them.
  const admin = await start('admin');
  signal.throwIfAborted();
  const others = ['dispatcher', 'projector', 'ingestion'].map(start);
  await Promise.allSettled(others);
  const [, , ingestion = ''] = await Promise.all(others);
  return { doors: { admin, ingestion }, rootKey, hints: () => hintsOf(broker) };
}

/** Command lines of Kafka's own tools; by their scripts' names where their classes cannot be had here. */
async function hintsOf({ brokers, prefix }: DemoBroker): Promise<readonly string[]> {
  const command = await consoleTools().then(
    (of) => (tool: Parameters<typeof of>[0]) =>
      of(tool)
        .map((word) => (word.includes('*') ? `'${word}'` : word))
        .join(' '),
    () => (tool: string) => `${tool}.sh`,
  );
  const at = `--bootstrap-server ${brokers.join(',')}`;
  const shown = ['headers', 'timestamp', 'key']
    .map((part) => `--formatter-property print.${part}=true`)
    .join(' ');
  return [
    `  Brokers ${brokers.join(',')}  ${dim(`topics and groups begin with ${prefix}`)}`,
    '  What waited five minutes of contract time, with its headers (docs/headers.md):',
    `    ${command('kafka-console-consumer')} ${at} --topic ${prefix}retry.5m --from-beginning ${shown}`,
    '  How far the dispatcher is:',
    `    ${command('kafka-consumer-groups')} ${at} --describe --group ${prefix}dispatcher`,
  ];
}
