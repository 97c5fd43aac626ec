import { randomBytes } from 'node:crypto';
import { parseSecretKeys } from '#control';
import type { Logger } from '#platform';
import { openReadModelLater } from '#read-model';
import {
  contractsOf,
  egressGuardOf,
  openKafkaCore,
  Presence,
  processIdentity,
  recentProcesses,
  serveUntilSignal,
  tenantLimitsOf,
} from '#service';
import type { AdminConfig } from './admin.config.ts';
import { countedGuard } from './counted-guard.ts';
import { createAdmin } from './create-admin.ts';
import { openDoor } from './door.ts';
import { ensureFirstKey } from './first-key.ts';
import { laterHistory } from './later-history.ts';
import { watchLive } from './live/watch-live.ts';
import { replaysTelemetry } from './replays/replays-telemetry.ts';

/**
 * Administers tenants, keys and endpoints, and shows the history, until a signal comes. Any number of copies may run.
 * Control needs no database: while PostgreSQL is away only history answers 503.
 */
export async function serve(config: AdminConfig, logger: Logger): Promise<void> {
  const options = { logger, drainWithinMs: config.drainWithin, host: process };
  const started = await serveUntilSignal(options, async (serving) => {
    const { opened, health, metrics, onFatal } = serving;
    const contracts = contractsOf(config);
    const secretBox = parseSecretKeys(config.secretKeys);
    const core = await openKafkaCore(config, 'admin', serving);
    opened.defer(() => core.close());
    const { control, log, writer } = core;
    await ensureFirstKey(control, writer, config.rootKey, log.now());
    const readModel = openReadModelLater({ connectionString: config.databaseUrl });
    opened.defer(() => readModel.close());
    const admin = createAdmin({
      log,
      control,
      writer,
      contracts,
      secretBox,
      guard: countedGuard(egressGuardOf(config), metrics),
      allowHttp: config.allowHttp,
      history: laterHistory(readModel),
      processes: recentProcesses(log),
      answered: readModel.answered,
      requestsPerMinute: config.requestsPerMinute,
      replayRate: config.replayRate,
      partitions: config.partitions,
      quotas: tenantLimitsOf(config),
      liveLimits: { streams: config.liveStreams, perKey: config.liveStreamsPerKey },
      now: () => log.now(),
      random: randomBytes,
      logger,
      replayMetrics: replaysTelemetry(metrics),
      onCrash: onFatal,
    });
    watchLive(metrics, admin.context.live);
    await admin.start();
    opened.defer(() => admin.stop());
    const presence = new Presence({
      log,
      identity: processIdentity('admin'),
      activity: () => ({ inFlight: null, stands: {} }),
    });
    presence.start();
    opened.defer(() => presence.stop());
    health.add('control', () =>
      control.readable
        ? undefined
        : 'the control topic holds a fact of a newer release; upgrade this process',
    );
    const { grpcPort } = config;
    // Here, so that its packages take no memory where nobody asked for it.
    const grpc = grpcPort === null ? undefined : await import('./grpc/grpc-door.ts');
    const door = await openDoor(admin, config, serving, grpc?.grpcServices);
    opened.defer(async () => {
      // Tests that wait are let go first: their answers are among what the door waits for.
      await admin.stop();
      await door.close();
    });
    if (grpc === undefined || grpcPort === null) return { url: await door.getUrl(), grpc: undefined };
    const grpcDoor = await grpc.openGrpcDoor(door, admin, { ...config, grpcPort }, health);
    opened.defer(async () => {
      await admin.stop();
      await grpcDoor.close();
    });
    return { url: await door.getUrl(), grpc: grpcDoor.address };
  });
  if (started === undefined) return;
  if (started.grpc !== undefined) process.stdout.write(`Hyperhook admin takes gRPC at ${started.grpc}\n`);
  process.stdout.write(`Hyperhook admin is ready at ${started.url}\n`);
}
