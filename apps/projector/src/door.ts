import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { addProbes, dropSilentConnections, serverOptions } from '#http-edge';
import type { Health, Metrics } from '#platform';
import { ProjectorModule } from './projector.module.ts';

/** Health and metrics over HTTP. Resolves when it listens. */
export async function openDoor(
  { host, port }: { readonly host: string; readonly port: number },
  { health, metrics }: { readonly health: Health; readonly metrics: Metrics },
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter(serverOptions);
  addProbes(adapter.getInstance(), health, metrics);
  dropSilentConnections(adapter.getInstance());
  const app = await NestFactory.create<NestFastifyApplication>(ProjectorModule, adapter, {
    logger: false,
    abortOnError: false,
  });
  await app.listen(port, host);
  return app;
}
