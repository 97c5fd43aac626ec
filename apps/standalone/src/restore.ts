import { startEmbeddedPostgres, type Logger } from '#platform';
import { openPostgresLog } from '#log';
import { restoreFrom } from '#service';
import { openDataFolder } from './data-folder.ts';
import type { StandaloneConfig } from './standalone.config.ts';

/** `restore <file>`: a backup of control into a new data folder, before anything was started there. */
export async function restore(
  config: StandaloneConfig,
  logger: Logger,
  args: readonly string[],
): Promise<void> {
  await using opened = new AsyncDisposableStack();
  const folder = await openDataFolder(config.dataDir);
  const postgres = await startEmbeddedPostgres({ dataDir: folder.database, log: logger });
  opened.defer(() => postgres.stop());
  const { connectionString } = postgres;
  const log = await openPostgresLog({
    connection: { connectionString },
    onLost: (error) => logger.error({ err: error }, 'restore.log_lost'),
  });
  opened.defer(() => log.close());
  process.stdout.write(await restoreFrom(log, config, args));
}
