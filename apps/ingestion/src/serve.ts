import { randomBytes } from 'node:crypto';
import { systemClock, type Logger } from '#platform';
import { contractsOf, openKafkaCore, serveUntilSignal } from '#service';
import { createIngestion } from './create-ingestion.ts';
import { openDoor } from './door.ts';
import type { IngestionProcessConfig } from './ingestion.config.ts';

/** Takes events in, over Kafka's log, until a signal comes. Any number of copies may run. */
export async function serve(config: IngestionProcessConfig, logger: Logger): Promise<void> {
  const options = { logger, drainWithinMs: config.drainWithin, host: process };
  const url = await serveUntilSignal(options, async (serving) => {
    const { opened, health, metrics } = serving;
    const contracts = contractsOf(config);
    const core = await openKafkaCore(config, 'ingestion', serving);
    opened.defer(() => core.close());
    const ingestion = createIngestion({
      log: core.log,
      control: core.control,
      contracts,
      partitions: config.partitions,
      config,
      logger,
      metrics,
      clock: systemClock,
      random: randomBytes,
    });
    health.add('ingestion', () => ingestion.health());
    const door = await openDoor(ingestion, config, serving);
    opened.defer(async () => {
      await ingestion.stop();
      await door.close();
    });
    return door.getUrl();
  });
  if (url !== undefined) process.stdout.write(`Hyperhook ingestion is ready at ${url}\n`);
}
