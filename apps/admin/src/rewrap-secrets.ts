import type { Logger } from '#platform';
import { openKafkaCore, rewrapShown } from '#service';
import type { AdminConfig } from './admin.config.ts';

/** `admin rewrap-secrets`: seals all secrets with the first of the keys; processes may run meanwhile. */
export async function rewrapSecrets(config: AdminConfig, logger: Logger): Promise<void> {
  await using opened = new AsyncDisposableStack();
  const ending = new AbortController();
  const interrupt = (): void => ending.abort(new Error('broken off; run it again for the rest'));
  process.once('SIGINT', interrupt);
  opened.defer(() => void process.off('SIGINT', interrupt));
  const { signal } = ending;
  const onFatal = (error: Error): void => ending.abort(error);
  const core = await openKafkaCore(config, 'rewrap', { logger, onFatal, signal });
  opened.defer(() => core.close());
  const { stdout, stderr } = process;
  await rewrapShown(core, config.secretKeys, { now: () => core.log.now(), signal, stdout, stderr });
}
