import { openKafkaLog } from '#log';
import type { Logger } from '#platform';
import { kafkaOptionsOf, restoreFrom } from '#service';
import type { AdminConfig } from './admin.config.ts';

/** `admin restore <file>`: a backup of control into new topics, before any process was started on them. */
export async function restore(config: AdminConfig, _logger: Logger, args: readonly string[]): Promise<void> {
  await using opened = new AsyncDisposableStack();
  const log = await openKafkaLog(kafkaOptionsOf(config, 'hyperhook-restore'));
  opened.defer(() => log.close());
  process.stdout.write(await restoreFrom(log, config, args));
}
