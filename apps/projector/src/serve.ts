import { fillSlot } from '#contracts';
import type { Logger } from '#platform';
import { openReadModelLater } from '#read-model';
import { contractsOf, openKafkaCore, Presence, processIdentity, serveUntilSignal } from '#service';
import { createOperatorEvents } from './create-operator-events.ts';
import { createPolicies } from './create-policies.ts';
import { createProjector } from './create-projector.ts';
import { disabledTelemetry } from './disabled-telemetry.ts';
import { openDoor } from './door.ts';
import { policiesTelemetry } from './policies-telemetry.ts';
import { disableEndpointBy } from './policies/disable-endpoint-by.ts';
import type { ProjectorConfig } from './projector.config.ts';
import { projectorTelemetry } from './projector-telemetry.ts';
import { Sweeper } from './sweeper.ts';
import { watchProjector } from './watch-projector.ts';

/**
 * Folds the log into PostgreSQL, and disables and releases by policies, until a signal comes. Any number of copies may
 * run. Policies need no database, so the process starts, and is ready, while PostgreSQL is away: history waits.
 */
export async function serve(config: ProjectorConfig, logger: Logger): Promise<void> {
  const options = { logger, drainWithinMs: config.drainWithin, host: process };
  const url = await serveUntilSignal(options, async (serving) => {
    const { opened, health, metrics, onFatal } = serving;
    const core = await openKafkaCore(config, 'projector', serving);
    opened.defer(() => core.close());
    const readModel = openReadModelLater({ connectionString: config.databaseUrl });
    opened.defer(() => readModel.close());
    const policies = createPolicies({
      log: core.log,
      disable: disableEndpointBy(core.writer, core.control, disabledTelemetry(logger, metrics)),
      bodyOf: (event, ref) => fillSlot(event.body, event.slot, ref.deliveryId),
      logger,
      metrics: policiesTelemetry(metrics),
      onCrash: onFatal,
    });
    const projector = createProjector({
      log: core.log,
      readModel,
      logger,
      metrics: projectorTelemetry(metrics),
      onCrash: onFatal,
    });
    watchProjector(metrics, { projector, policies }, core.log);
    health.add('policies', () => downOr(policies.health()));
    health.add('projections', () => downOr(projector.health()));
    const door = await openDoor(config, serving);
    opened.defer(() => door.close());
    await policies.start();
    opened.defer(() => policies.stop());
    await projector.start();
    opened.defer(() => projector.stop());
    const presence = new Presence({
      log: core.log,
      identity: processIdentity('projector'),
      activity: () => ({
        inFlight: null,
        stands: { projections: projector.stands(), policies: policies.stands() },
      }),
    });
    presence.start();
    opened.defer(() => presence.stop());
    const { operatorTenant, partitions } = config;
    if (operatorTenant !== null) {
      const operatorEvents = createOperatorEvents({
        log: core.log,
        control: core.control,
        contracts: contractsOf(config),
        tenantId: operatorTenant,
        partitions,
        logger,
        onCrash: onFatal,
      });
      await operatorEvents.start();
      opened.defer(() => operatorEvents.stop());
    }
    const sweeper = new Sweeper({
      sweep: readModel.sweep,
      keep: { bodiesMs: config.keepBodies, deliveriesMs: config.keepDeliveries },
      now: () => core.log.now(),
      logger,
    });
    sweeper.start();
    opened.defer(() => sweeper.stop());
    return door.getUrl();
  });
  if (url !== undefined) process.stdout.write(`Hyperhook projector is ready at ${url}\n`);
}

/** Degraded is an operator's concern, told by metrics: a restart, or another copy, would not do better. */
function downOr({ status, detail }: { status: string; detail: string | null }): string | undefined {
  return status === 'down' ? (detail ?? 'down') : undefined;
}
