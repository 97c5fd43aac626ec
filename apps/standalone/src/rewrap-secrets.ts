import { openPostgresLog } from '#log';
import { startEmbeddedPostgres, type Logger } from '#platform';
import { followControl, rewrapShown } from '#service';
import { openDataFolder } from './data-folder.ts';
import type { StandaloneConfig } from './standalone.config.ts';

/** `npm run rewrap-secrets`: seals all secrets with the first of the keys. The engine must be stopped, as for a rebuild. */
export async function rewrapSecrets(config: StandaloneConfig, logger: Logger): Promise<void> {
  await using opened = new AsyncDisposableStack();
  const ending = new AbortController();
  const interrupt = (): void => ending.abort(new Error('broken off; run it again for the rest'));
  process.once('SIGINT', interrupt);
  opened.defer(() => void process.off('SIGINT', interrupt));
  const { signal } = ending;
  const onFatal = (error: Error): void => ending.abort(error);
  const folder = await openDataFolder(config.dataDir);
  const postgres = await startEmbeddedPostgres({ dataDir: folder.database, log: logger });
  opened.defer(() => postgres.stop());
  const { connectionString } = postgres;
  const log = await openPostgresLog({ connection: { connectionString }, onLost: onFatal });
  opened.defer(() => log.close());
  const control = await followControl(log, config, { logger, onFatal });
  opened.defer(() => control.control.stop());
  const keys = config.secretKeys ?? (await folder.secretKeys());
  const { stdout, stderr } = process;
  await rewrapShown(control, keys, { now: () => log.now(), signal, stdout, stderr });
}
