import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import type { Logger } from '../logger.ts';
import { accountFor } from './account.ts';
import { findBinaries } from './binaries.ts';
import { ensureCluster, SUPERUSER } from './cluster.ts';
import { stopOrphan } from './orphan.ts';
import { startServer } from './server.ts';
import { asFlags, tunedSettings } from './settings.ts';

export { EmbeddedPostgresError } from './embedded-postgres-error.ts';

export interface EmbeddedPostgresOptions {
  /** Holds everything: cluster, password, server log. Made when absent. */
  readonly dataDir: string;
  /** Default 0: any free one. */
  readonly port?: number;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** Server settings over the tuned ones. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Called when the server ends without having been stopped. */
  readonly onUnexpectedExit?: (error: Error) => void;
}

export interface EmbeddedPostgres {
  /** Of the database `hyperhook`, password included: never log it. */
  readonly connectionString: string;
  readonly port: number;
  /** Waits for a clean end; sessions still open are cut. May be called again. */
  stop(): Promise<void>;
}

const DATABASE = 'hyperhook';

/**
 * A PostgreSQL of our own, kept in `dataDir` from one start to the next; reachable from this machine only, by a random
 * password. Takes over after kill -9 of the process before (R25). Rejects with {@link EmbeddedPostgresError}.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const clusterDir = join(dataDir, 'cluster');
  const ownerFile = join(dataDir, 'owner.pid');
  await mkdir(dataDir, { recursive: true });
  const account = await accountFor(clusterDir);
  const binaries = await findBinaries(dataDir, account);
  const password = await ensureCluster(clusterDir, dataDir, binaries, account);
  if ((await stopOrphan(clusterDir, ownerFile)) === 'stopped') {
    options.log.warn({ dataDir }, 'postgres.orphan_stopped');
  }
  await writeFile(ownerFile, String(process.pid));

  const server = await startServer({
    executable: binaries.postgres,
    clusterDir,
    logFile: join(dataDir, 'postgres.log'),
    flags: asFlags({ ...tunedSettings, ...options.settings }),
    port: options.port ?? 0,
    account,
  });
  const urlOf = (database: string): string =>
    `postgres://${SUPERUSER}:${password}@127.0.0.1:${server.port}/${database}`;
  try {
    await ensureDatabase(urlOf('postgres'));
  } catch (error) {
    await server.stop();
    throw error;
  }
  options.log.info({ dataDir, port: server.port }, 'postgres.started');

  let stopping: Promise<void> | undefined;
  void server.ended.then((how) => {
    if (stopping === undefined)
      options.onUnexpectedExit?.(new Error(`the embedded PostgreSQL ended: ${how}`));
  });
  return {
    connectionString: urlOf(DATABASE),
    port: server.port,
    stop() {
      stopping ??= server.stop().then(() => rm(ownerFile, { force: true }));
      return stopping;
    },
  };
}

async function ensureDatabase(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}
