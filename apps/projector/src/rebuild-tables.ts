import { openKafkaLog } from '#log';
import type { Logger } from '#platform';
import { kafkaOptionsOf } from '#service';
import type { ProjectorConfig } from './projector.config.ts';
import { rebuildShown } from './rebuild-shown.ts';

/** `projector rebuild`: folds the log anew into fresh tables; projectors may run meanwhile (P5). */
export async function rebuildTables(config: ProjectorConfig, _logger: Logger): Promise<void> {
  await using opened = new AsyncDisposableStack();
  const log = await openKafkaLog(kafkaOptionsOf(config, 'hyperhook-rebuild'));
  opened.defer(() => log.close());
  const keep = { bodiesMs: config.keepBodies, deliveriesMs: config.keepDeliveries };
  await rebuildShown(log, config.databaseUrl, keep);
}
