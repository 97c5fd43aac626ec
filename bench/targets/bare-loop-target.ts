import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { withClient } from '../../test/support/with-client.ts';
import { kafkaOf } from '../bare-loop/appends.ts';
import { bareTopics, type BareOrder } from '../bare-loop/orders.ts';
import type { Target } from './target.ts';

const DATABASE = 'bare_loop';

/**
 * The least that does what the engine does between the publisher and the tables, without a single feature: what every
 * figure is compared with. On topics and in a database of its own.
 */
export async function startBareLoop(
  brokers: readonly string[],
  databaseUrl: string,
): Promise<Target & { stop(): Promise<void> }> {
  await prepare(brokers, databaseUrl);
  const own = new URL(databaseUrl);
  own.pathname = DATABASE;
  const order: BareOrder = { brokers, databaseUrl: own.href };
  await using opened = new AsyncDisposableStack();
  const start = (part: string): ChildProcess => {
    const started = startPart(part, order);
    opened.defer(() => end(started));
    return started;
  };
  const [ingest, dispatch, project] = [start('ingest'), start('dispatch'), start('project')];
  const [{ port }] = await Promise.all([said<{ port: number }>(ingest), said(dispatch), said(project)]);
  const stack = opened.move();
  return {
    name: 'bare loop',
    retries: false,
    host: '127.0.0.1',
    port,
    owns: (role) => role.startsWith('bare ') || role === 'broker' || role === 'postgres',
    async enter(_tenant, hooks) {
      dispatch.send(hooks.map(({ url }) => url));
      await said(dispatch);
      return 'none';
    },
    // Its consumers ask once in 5 s while nothing comes.
    rest: async () => {},
    wake: async () => {},
    stop: () => stack.disposeAsync(),
  };
}

async function prepare(brokers: readonly string[], databaseUrl: string): Promise<void> {
  const admin = kafkaOf(brokers).admin();
  await admin.connect();
  const topics = Object.values(bareTopics).map((topic) => ({ topic, numPartitions: 1 }));
  await admin.createTopics({ topics, waitForLeaders: true });
  await admin.disconnect();
  await withClient(databaseUrl, (query) => query(`CREATE DATABASE ${DATABASE}`));
}

const startPart = (part: string, order: BareOrder): ChildProcess =>
  fork(new URL(`../bare-loop/${part}.ts`, import.meta.url), [JSON.stringify(order)], {
    execArgv: ['--disable-warning=ExperimentalWarning', '--disable-warning=TimeoutNegativeWarning'],
  });

/** Its next message. Rejects where it ends instead. */
async function said<T>(part: ChildProcess): Promise<T> {
  const ended = new AbortController();
  const onExit = (code: number | null): void =>
    ended.abort(new Error(`${part.spawnargs.join(' ')} ended with ${code}`));
  part.once('exit', onExit);
  try {
    const [message] = (await once(part, 'message', { signal: ended.signal })) as [T];
    return message;
  } finally {
    part.off('exit', onExit);
  }
}

async function end(part: ChildProcess): Promise<void> {
  if (part.exitCode !== null || part.signalCode !== null) return;
  const ended = once(part, 'exit');
  part.kill('SIGKILL');
  await ended;
}
