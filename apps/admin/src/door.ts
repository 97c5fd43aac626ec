import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { acceptJsonBodies, addDocuments, addProbes, dropSilentConnections, serverOptions } from '#http-edge';
import type { Health, Logger, Metrics } from '#platform';
import { AdminModule } from './admin.module.ts';
import type { Admin } from './create-admin.ts';
import { adminDocument } from './openapi/admin-document.ts';
import { addPage, builtPage } from './page/add-page.ts';
import { ProblemFilter } from './rest/problem.filter.ts';

/** Bodies of administration are small. */
export const BODY_BYTES = 1_024 * 1_024;

/** Administration over HTTP, with health and metrics. Resolves when it listens. */
export async function openDoor(
  admin: Admin,
  { host, port, page }: { readonly host: string; readonly port: number; readonly page: boolean },
  {
    health,
    logger,
    metrics,
  }: { readonly health: Health; readonly logger: Logger; readonly metrics: Metrics },
  grpcServices: readonly Type[] = [],
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter(serverOptions);
  const app = await NestFactory.create<NestFastifyApplication>(
    AdminModule.register(admin, grpcServices),
    adapter,
    {
      bodyParser: false,
      logger: false,
      abortOnError: false,
    },
  );
  acceptJsonBodies(adapter.getInstance(), BODY_BYTES);
  addProbes(adapter.getInstance(), health, metrics);
  addDocuments(adapter.getInstance(), adminDocument());
  if (page) await addPage(adapter.getInstance(), builtPage(), logger);
  dropSilentConnections(adapter.getInstance());
  app.useGlobalFilters(app.get(ProblemFilter));
  await app.listen(port, host);
  return app;
}
