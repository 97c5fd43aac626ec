import { openPostgresLog } from '#log';
import { startEmbeddedPostgres, type Logger } from '#platform';
import { progressBar } from '../../projector/src/progress-bar.ts';
import { rebuild } from '../../projector/src/rebuild.ts';
import { openDataFolder } from './data-folder.ts';
import type { StandaloneConfig } from './standalone.config.ts';

const BAR_EVERY_MS = 100;
const LINE_EVERY_MS = 5_000;

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

  const ending = new AbortController();
  const interrupt = (): void => ending.abort(new Error('broken off; the tables are as they were'));
  process.once('SIGINT', interrupt);
  opened.defer(() => void process.off('SIGINT', interrupt));
  const began = performance.now();
  const { isTTY } = process.stderr;
  let shownAt = Number.NEGATIVE_INFINITY;
  const records = await rebuild({
    log,
    readModel: { connectionString, statementTimeoutMs: 0 },
    signal: ending.signal,
    onProgress: (progress) => {
      const now = performance.now();
      if (now - shownAt < (isTTY ? BAR_EVERY_MS : LINE_EVERY_MS) && progress.done < progress.total) return;
      shownAt = now;
      const bar = progressBar(progress, now - began);
      process.stderr.write(isTTY ? `\r\u001B[K${bar}` : `${bar}\n`);
    },
  });
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  process.stdout.write(`${isTTY ? '\n' : ''}rebuilt from ${records} records in ${seconds} s\n`);
}
