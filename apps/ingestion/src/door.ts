import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { acceptJsonBodies, addProbes, dropSilentConnections, serverOptions } from '#http-edge';
import type { Health, Metrics } from '#platform';
import type { Ingestion } from './create-ingestion.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { addPublishRoute } from './http/publish-route.ts';
import { IngestionModule } from './ingestion.module.ts';

/** Publishing reads its own bodies, as a stream; nothing else here has one. */
const OTHER_BODY_BYTES = 1_024;

/** Publishing over HTTP, with health and metrics. Resolves when it listens. */
export async function openDoor(
  ingestion: Ingestion,
  { host, port }: { readonly host: string; readonly port: number },
  { health, metrics }: { readonly health: Health; readonly metrics: Metrics },
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter(serverOptions);
  const app = await NestFactory.create<NestFastifyApplication>(IngestionModule.register(ingestion), adapter, {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  acceptJsonBodies(adapter.getInstance(), OTHER_BODY_BYTES);
  addPublishRoute(adapter.getInstance().server, ingestion);
  addProbes(adapter.getInstance(), health, metrics);
  dropSilentConnections(adapter.getInstance());
  app.useGlobalFilters(app.get(ProblemFilter));
  await app.listen(port, host);
  return app;
}
