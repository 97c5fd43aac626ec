import { openPostgresLog } from '#log';
import { progressBar } from './progress-bar.ts';
import { rebuild } from './rebuild.ts';

/**
 * `npm run rebuild`: folds the log anew into the read model. Over the PostgreSQL log, which belongs to one process, so
 * `standalone` must be stopped and its database running. Environment: DATABASE_URL; LOG_DATABASE_URL where the log
 * lives elsewhere; LOG_PREFIX as at the installation.
 */
async function main(): Promise<void> {
  const { DATABASE_URL: url, LOG_DATABASE_URL: logUrl, LOG_PREFIX: prefix } = process.env;
  if (url === undefined || url === '') {
    throw new Error(
      'DATABASE_URL is not set: give the read model, e.g. postgres://user@127.0.0.1:5432/hyperhook',
    );
  }
  const log = await openPostgresLog({
    connection: { connectionString: logUrl ?? url },
    ...(prefix === undefined ? {} : { prefix }),
    onLost: (error) => {
      console.error(`the log was lost: ${error.message}; the live tables are as they were`);
      process.exit(1);
    },
  });
  const ending = new AbortController();
  process.once('SIGINT', () => ending.abort(new Error('broken off; the live tables are as they were')));
  const began = performance.now();
  const { isTTY } = process.stderr;
  let shownAt = -Infinity;
  try {
    const records = await rebuild({
      log,
      readModel: { connectionString: url, statementTimeoutMs: 0 },
      signal: ending.signal,
      onProgress: (progress) => {
        const now = performance.now();
        const every = isTTY ? 100 : 5_000;
        if (now - shownAt < every && progress.done < progress.total) return;
        shownAt = now;
        process.stderr.write(
          `${isTTY ? '\r\u001B[K' : ''}${progressBar(progress, now - began)}${isTTY ? '' : '\n'}`,
        );
      },
    });
    process.stderr.write(isTTY ? '\n' : '');
    console.log(`rebuilt from ${records} records in ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  } finally {
    await log.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
