import { randomBytes } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { acceptJsonBodies, addDocuments, addProbes, dropSilentConnections, serverOptions } from '#http-edge';
import { randomPool, systemClock, type Health, type Logger, type Metrics } from '#platform';
import { tenantLimitsOf } from '#service';
import { countedGuard } from '../../admin/src/counted-guard.ts';
import { createAdmin } from '../../admin/src/create-admin.ts';
import { adminDocument } from '../../admin/src/openapi/admin-document.ts';
import { watchLive } from '../../admin/src/live/watch-live.ts';
import { addPage, builtPage } from '../../admin/src/page/add-page.ts';
import { replaysTelemetry } from '../../admin/src/replays/replays-telemetry.ts';
import { ProblemFilter } from '../../ingestion/src/http/problem.filter.ts';
import { addPublishRoute } from '../../ingestion/src/http/publish-route.ts';
import { createIngestion } from '../../ingestion/src/create-ingestion.ts';
import type { Engine } from './engine.ts';
import { partsOf } from './parts-of.ts';
import { StandaloneModule } from './standalone.module.ts';
import type { StandaloneConfig } from './standalone.config.ts';

export interface DoorsOptions {
  readonly config: StandaloneConfig;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: Health;
  readonly onFatal: (error: Error) => void;
}

/** The engine's API: HTTP on one port, gRPC on another where one is given. */
export interface Doors {
  readonly url: string;
  /** `host:port`; undefined: no gRPC. */
  readonly grpc: string | undefined;
  /** Answers what is under way, then closes. */
  close(): Promise<void>;
}

/** Bodies of administration are small; publishing reads its own, as a stream. */
const ADMIN_BODY_BYTES = 1_024 * 1_024;

/** All doors of a running engine: publishing, administration, health and metrics. */
export async function openDoors(engine: Engine, options: DoorsOptions): Promise<Doors> {
  const { config, logger, metrics, health, onFatal } = options;
  const { contracts, control, dispatcher, log } = engine;
  const ingestion = createIngestion({
    log,
    control,
    contracts,
    partitions: config.partitions,
    config,
    quotas: tenantLimitsOf(config),
    logger,
    metrics,
    clock: systemClock,
    random: randomPool(),
    tracing: engine.tracing,
  });
  const admin = createAdmin({
    log,
    control,
    writer: engine.writer,
    contracts,
    secretBox: engine.secrets,
    guard: countedGuard(engine.egress, metrics),
    allowHttp: config.allowHttp,
    history: engine.readModel.queries,
    processes: partsOf(engine, ingestion),
    answered: engine.readModel.answered,
    requestsPerMinute: config.requestsPerMinute,
    replayRate: config.replayRate,
    liveLimits: { streams: config.liveStreams, perKey: config.liveStreamsPerKey },
    partitions: config.partitions,
    quotas: tenantLimitsOf(config),
    now: () => log.now(),
    random: randomBytes,
    logger,
    replayMetrics: replaysTelemetry(metrics),
    onCrash: onFatal,
  });
  watchLive(metrics, admin.context.live);
  await admin.start();
  health.add('ingestion', () => ingestion.health());
  health.add('dispatcher', () => (dispatcher.isReady ? undefined : 'taking over partitions'));
  health.add('policies', () =>
    engine.policies.health().status === 'up' ? undefined : (engine.policies.health().detail ?? 'down'),
  );

  const { grpcPort } = config;
  // Here, so that its packages take no memory where nobody asked for it.
  const grpc = grpcPort === null ? undefined : await import('./grpc-door.ts');
  const adapter = new FastifyAdapter(serverOptions);
  const module = StandaloneModule.register(ingestion, admin, grpc?.grpcServices);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  acceptJsonBodies(adapter.getInstance(), ADMIN_BODY_BYTES);
  addPublishRoute(adapter.getInstance().server, ingestion);
  addProbes(adapter.getInstance(), health, metrics);
  addDocuments(adapter.getInstance(), adminDocument());
  if (config.page) await addPage(adapter.getInstance(), builtPage(), logger);
  dropSilentConnections(adapter.getInstance());
  app.useGlobalFilters(app.get(ProblemFilter));
  const both = { ingestion, admin };
  const grpcDoor = await (grpcPort === null
    ? undefined
    : grpc?.openGrpcDoor(app, both, { ...config, grpcPort }, health));
  await app.listen(config.port, config.host);
  return {
    url: await app.getUrl(),
    grpc: grpcDoor?.address,
    close: async () => {
      // gRPC first: its streams read no more, and are answered what ingestion has under way.
      await Promise.all([grpcDoor?.close(), ingestion.stop(), admin.stop()]);
      await app.close();
    },
  };
}
