import { kafkaClient } from '#log';
import { openTracing, randomPool, systemClock, type Logger } from '#platform';
import {
  contractsOf,
  kafkaOptionsOf,
  openKafkaCore,
  Presence,
  processIdentity,
  serveUntilSignal,
  tenantLimitsOf,
} from '#service';
import { createIngestion } from './create-ingestion.ts';
import { openDoor } from './door.ts';
import type { IngestionProcessConfig } from './ingestion.config.ts';
import { createUpstream } from './upstream/create-upstream.ts';
import { readUpstreamFile } from './upstream/mapping/upstream-file.ts';
import type { UpstreamSource } from './upstream/mapping/upstream-source.ts';

function sourcesOf({ upstreamFile, kafkaPrefix: prefix }: IngestionProcessConfig): readonly UpstreamSource[] {
  return upstreamFile === null ? [] : readUpstreamFile(upstreamFile, { prefix });
}

/** Takes events in, over Kafka's log, until a signal comes. Any number of copies may run. */
export async function serve(config: IngestionProcessConfig, logger: Logger): Promise<void> {
  const options = { logger, drainWithinMs: config.drainWithin, host: process };
  const started = await serveUntilSignal(options, async (serving) => {
    const { opened, health, metrics, onFatal } = serving;
    const contracts = contractsOf(config);
    const sources = sourcesOf(config);
    const core = await openKafkaCore(config, 'ingestion', serving);
    opened.defer(() => core.close());
    const tracing = await openTracing(config, 'hyperhook-ingestion');
    opened.defer(() => tracing?.close());
    const ingestion = createIngestion({
      log: core.log,
      control: core.control,
      contracts,
      partitions: config.partitions,
      config,
      quotas: tenantLimitsOf(config),
      logger,
      metrics,
      clock: systemClock,
      random: randomPool(),
      tracing,
    });
    health.add('ingestion', () => ingestion.health());
    opened.defer(() => ingestion.stop());
    const presence = new Presence({
      log: core.log,
      identity: processIdentity('ingestion'),
      activity: () => ({ inFlight: ingestion.waiting, stands: {} }),
    });
    presence.start();
    opened.defer(() => presence.stop());
    if (sources.length > 0) {
      const upstream = createUpstream({
        kafka: kafkaClient(kafkaOptionsOf(config, 'hyperhook-upstream')),
        groupId: `${config.kafkaPrefix}upstream`,
        sources,
        acceptor: ingestion.acceptor,
        control: core.control,
        contracts,
        log: core.log,
        logger,
        metrics,
        now: () => systemClock.now(),
        onCrash: onFatal,
      });
      health.add('upstream', () => upstream.health());
      await upstream.start();
      opened.defer(() => upstream.stop());
    }
    const door = await openDoor(ingestion, config, serving);
    opened.defer(() => door.close());
    const { grpcPort } = config;
    if (grpcPort === null) return { url: await door.getUrl(), grpc: undefined };
    // Here, so that its packages take no memory where nobody asked for it.
    const { openGrpcDoor } = await import('./grpc/grpc-door.ts');
    const grpc = await openGrpcDoor(ingestion, { ...config, grpcPort }, health);
    opened.defer(() => grpc.close());
    return { url: await door.getUrl(), grpc: grpc.address };
  });
  if (started === undefined) return;
  if (started.grpc !== undefined) process.stdout.write(`Hyperhook ingestion takes gRPC at ${started.grpc}\n`);
  process.stdout.write(`Hyperhook ingestion is ready at ${started.url}\n`);
}
