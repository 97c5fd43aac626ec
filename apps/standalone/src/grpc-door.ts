import type { INestApplication } from '@nestjs/common';
import { credentialsOf, GrpcServer, loadProtocol } from '#grpc-edge';
import type { Health } from '#platform';
import type { Admin } from '../../admin/src/create-admin.ts';
import { adminServices } from '../../admin/src/grpc/admin-services.ts';
import { mountServices, type GrpcDoor } from '../../admin/src/grpc/grpc-door.ts';
import type { Ingestion } from '../../ingestion/src/create-ingestion.ts';
import { IngestService } from '../../ingestion/src/grpc/ingest-service.ts';
import type { StandaloneConfig } from './standalone.config.ts';

export { grpcServices } from '../../admin/src/grpc/services.ts';

/** The services of both apps on one port. Resolves when it listens. */
export async function openGrpcDoor(
  app: INestApplication,
  { ingestion, admin }: { readonly ingestion: Ingestion; readonly admin: Admin },
  config: StandaloneConfig & { readonly grpcPort: number },
  health: Health,
): Promise<GrpcDoor> {
  const protocol = loadProtocol();
  const ingest = new IngestService(ingestion);
  const administration = adminServices(admin.context);
  const server = new GrpcServer({
    protocol,
    credentials: credentialsOf(config),
    guarded: [ingest, administration],
    health,
    maxMessageBytes: config.maxBodyBytes,
  });
  ingest.addTo(server.server, protocol);
  await mountServices(app, admin, server, protocol);
  const address = await server.listen(config.host, config.grpcPort);
  return {
    address,
    close: async () => {
      ingest.drain();
      await server.close();
    },
  };
}
