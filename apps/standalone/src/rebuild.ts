import { openPostgresLog } from '#log';
import { startEmbeddedPostgres, type Logger } from '#platform';
import { rebuildShown } from '../../projector/src/rebuild-shown.ts';
import { openDataFolder } from './data-folder.ts';
import type { StandaloneConfig } from './standalone.config.ts';

/** `npm run rebuild`: folds the log anew into fresh tables, which then take the place of the old ones (P5). */
export async function rebuildTables(config: StandaloneConfig, logger: Logger): Promise<void> {
  await using opened = new AsyncDisposableStack();
  const folder = await openDataFolder(config.dataDir);
  const postgres = await startEmbeddedPostgres({ dataDir: folder.database, log: logger });
  opened.defer(() => postgres.stop());
  const { connectionString } = postgres;
  const log = await openPostgresLog({
    connection: { connectionString },
    onLost: (error) => logger.error({ err: error }, 'rebuild.log_lost'),
  });
  opened.defer(() => log.close());
  const keep = { bodiesMs: config.keepBodies, deliveriesMs: config.keepDeliveries };
  await rebuildShown(log, connectionString, keep);
}
