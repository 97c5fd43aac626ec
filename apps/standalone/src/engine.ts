import { randomBytes, randomUUID } from 'node:crypto';
import { fillSlot, type Contract } from '#contracts';
import {
  ensureRootKey,
  parseSecretKeys,
  type ControlWriter,
  type FirstKey,
  type FollowedControl,
  type SecretBox,
} from '#control';
import { openPostgresLog, type Log } from '#log';
import {
  openTracing,
  startEmbeddedPostgres,
  systemClock,
  type Logger,
  type Metrics,
  type Tracing,
} from '#platform';
import { openReadModel, type ReadModel } from '#read-model';
import { contractsOf, egressGuardOf, followControl, senderOf } from '#service';
import type { EgressGuard } from '#webhook-http';
import { createDispatcher, type RunningDispatcher } from '../../dispatcher/src/create-dispatcher.ts';
import { createOperatorEvents } from '../../projector/src/create-operator-events.ts';
import { createPolicies, type Policies } from '../../projector/src/create-policies.ts';
import { createProjector, type Projector } from '../../projector/src/create-projector.ts';
import { disabledTelemetry } from '../../projector/src/disabled-telemetry.ts';
import { policiesTelemetry } from '../../projector/src/policies-telemetry.ts';
import { projectorTelemetry } from '../../projector/src/projector-telemetry.ts';
import { dispatcherTelemetry } from '../../dispatcher/src/dispatcher-telemetry.ts';
import { watchDispatcher } from '../../dispatcher/src/watch-dispatcher.ts';
import { watchProjector } from '../../projector/src/watch-projector.ts';
import { disableEndpointBy } from '../../projector/src/policies/disable-endpoint-by.ts';
import { Sweeper } from '../../projector/src/sweeper.ts';
import { openDataFolder, type DataFolder } from './data-folder.ts';
import { ensureTopics } from './ensure-topics.ts';
import type { StandaloneConfig } from './standalone.config.ts';

/** What the doors (REST) need of a running engine. */
export interface Engine {
  readonly log: Log;
  readonly control: FollowedControl;
  readonly writer: ControlWriter;
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly secrets: SecretBox;
  readonly egress: EgressGuard;
  readonly readModel: ReadModel;
  readonly dispatcher: RunningDispatcher;
  readonly projector: Projector;
  readonly policies: Policies;
  /** Where the first API key was written, when this start made it. */
  readonly firstKey: FirstKey | null;
  readonly folder: DataFolder;
  /** Undefined: nobody traces. */
  readonly tracing: Tracing | undefined;
  stop(): Promise<void>;
}

/**
 * The whole engine in one process over the PostgreSQL log (R25), without its doors. Parts start in the order in which
 * they need each other, and stop in reverse; when one fails, those before it are stopped.
 */
export async function startEngine(
  config: StandaloneConfig,
  { logger, metrics, onFatal }: { logger: Logger; metrics: Metrics; onFatal: (error: Error) => void },
): Promise<Engine> {
  await using started = new AsyncDisposableStack();
  const folder = await openDataFolder(config.dataDir);
  const contracts = contractsOf(config);
  const secrets = parseSecretKeys(config.secretKeys ?? (await folder.secretKeys()));

  const postgres = await startEmbeddedPostgres({ dataDir: folder.database, log: logger });
  started.defer(() => postgres.stop());
  const { connectionString } = postgres;

  const log = await openPostgresLog({ connection: { connectionString }, onLost: onFatal });
  started.defer(() => log.close());
  await ensureTopics(log, config);

  const { control, writer } = await followControl(log, config, { logger, onFatal });
  started.defer(() => control.stop());

  const root = { given: config.rootKey, random: randomBytes(32), id: `key_${randomUUID()}` };
  const keep = (text: string) => folder.writeFirstKey(text);
  const firstKey = await ensureRootKey(control, writer, { ...root, keep }, log.now());

  const readModel = await openReadModel({ connectionString });
  started.defer(() => readModel.close());
  await readModel.migrate();

  const egress = egressGuardOf(config);
  const sender = await senderOf(config, egress);
  started.defer(() => sender.close());

  const contractOf = (tenantId: string) => control.table.tenant(tenantId)?.contract;
  const tracing = await openTracing(config, 'hyperhook-standalone');
  started.defer(() => tracing?.close());
  const dispatcher = createDispatcher({
    log,
    control,
    contracts,
    secrets,
    sender,
    signals: dispatcherTelemetry({ logger, metrics, now: () => systemClock.now(), contractOf, tracing }),
    timeScale: config.timeScale,
    options: { standardWebhooks: config.standardWebhooks },
    onCrash: onFatal,
  });
  watchDispatcher(metrics, dispatcher, log);
  await dispatcher.start();
  started.defer(() => dispatcher.stop());

  const projector = createProjector({
    log,
    readModel,
    logger,
    metrics: projectorTelemetry(metrics),
    onCrash: onFatal,
  });
  await projector.start();
  started.defer(() => projector.stop());
  const sweeper = new Sweeper({
    sweep: readModel.sweep,
    keep: { bodiesMs: config.keepBodies, deliveriesMs: config.keepDeliveries },
    now: () => log.now(),
    logger,
  });
  sweeper.start();
  started.defer(() => sweeper.stop());

  const policies = createPolicies({
    log,
    disable: disableEndpointBy(writer, control, disabledTelemetry(logger, metrics)),
    bodyOf: (event, ref) => fillSlot(event.body, event.slot, ref.deliveryId),
    logger,
    metrics: policiesTelemetry(metrics),
    onCrash: onFatal,
  });
  await policies.start();
  started.defer(() => policies.stop());

  watchProjector(metrics, { projector, policies }, log);

  const { operatorTenant: tenantId, partitions } = config;
  if (tenantId !== null) {
    const told = { log, control, contracts, tenantId, partitions, logger, onCrash: onFatal };
    const operatorEvents = createOperatorEvents(told);
    await operatorEvents.start();
    started.defer(() => operatorEvents.stop());
  }

  const stack = started.move();
  return {
    log,
    control,
    writer,
    contracts,
    secrets,
    egress,
    readModel,
    dispatcher,
    projector,
    policies,
    firstKey,
    folder,
    tracing,
    stop: () => stack.disposeAsync(),
  };
}
