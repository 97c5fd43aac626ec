import { parseSecretKeys } from '#control';
import { openTracing, systemClock, type Logger } from '#platform';
import {
  contractsOf,
  egressGuardOf,
  openKafkaCore,
  Presence,
  processIdentity,
  senderOf,
  serveUntilSignal,
} from '#service';
import { createDispatcher } from './create-dispatcher.ts';
import type { DispatcherConfig } from './dispatcher.config.ts';
import { dispatcherTelemetry } from './dispatcher-telemetry.ts';
import { openDoor } from './door.ts';
import { watchDispatcher } from './watch-dispatcher.ts';

/** Makes the attempts of the partitions that the group gives it, until a signal comes. Any number of copies may run. */
export async function serve(config: DispatcherConfig, logger: Logger): Promise<void> {
  const options = { logger, drainWithinMs: config.drainWithin, host: process };
  const url = await serveUntilSignal(options, async (serving) => {
    const { opened, health, metrics, onFatal } = serving;
    const contracts = contractsOf(config);
    const secrets = parseSecretKeys(config.secretKeys);
    const sender = await senderOf(config, egressGuardOf(config));
    opened.defer(() => sender.close());
    const core = await openKafkaCore(config, 'dispatcher', serving);
    opened.defer(() => core.close());
    const contractOf = (tenantId: string) => core.control.table.tenant(tenantId)?.contract;
    const tracing = await openTracing(config, 'hyperhook-dispatcher');
    opened.defer(() => tracing?.close());
    const dispatcher = createDispatcher({
      log: core.log,
      control: core.control,
      contracts,
      secrets,
      sender,
      signals: dispatcherTelemetry({ logger, metrics, now: () => systemClock.now(), contractOf, tracing }),
      timeScale: config.timeScale,
      options: { standardWebhooks: config.standardWebhooks },
      onCrash: onFatal,
    });
    watchDispatcher(metrics, dispatcher, core.log);
    health.add('dispatcher', () => (dispatcher.isReady ? undefined : 'taking over partitions'));
    const door = await openDoor(config, serving);
    opened.defer(() => door.close());
    await dispatcher.start();
    opened.defer(() => dispatcher.stop());
    const presence = new Presence({
      log: core.log,
      identity: processIdentity('dispatcher'),
      activity: () => ({
        inFlight: dispatcher.gauges().inFlight,
        stands: { dispatcher: dispatcher.backlog() },
      }),
    });
    presence.start();
    opened.defer(() => presence.stop());
    return door.getUrl();
  });
  if (url !== undefined) process.stdout.write(`Hyperhook dispatcher is ready at ${url}\n`);
}
