import type { INestApplication } from '@nestjs/common';
import { credentialsOf, GrpcServer, loadProtocol, type Protocol } from '#grpc-edge';
import type { GrpcConfig, Health } from '#platform';
import type { Admin } from '../create-admin.ts';
import { BODY_BYTES } from '../door.ts';
import { adminServices } from './admin-services.ts';
import { OwnServer } from './own-server.ts';

export { grpcServices } from './services.ts';

export interface GrpcDoor {
  /** `host:port` */
  readonly address: string;
  /** Answers what is under way, then closes. */
  close(): Promise<void>;
}

/** Lets the services of a Nest app be served by this server; call it before the server listens. */
export async function mountServices(
  app: INestApplication,
  server: GrpcServer,
  protocol: Protocol,
  services: readonly string[],
): Promise<void> {
  app.connectMicroservice({ strategy: new OwnServer(server.server, protocol, services) });
  await app.startAllMicroservices();
}

/** Administration over gRPC, with health and reflection. Resolves when it listens. */
export async function openGrpcDoor(
  app: INestApplication,
  admin: Admin,
  config: GrpcConfig & { readonly host: string; readonly grpcPort: number },
  health: Health,
): Promise<GrpcDoor> {
  const protocol = loadProtocol();
  const guarded = adminServices(admin.context);
  const server = new GrpcServer({
    protocol,
    credentials: credentialsOf(config),
    guarded: [guarded],
    health,
    maxMessageBytes: BODY_BYTES,
  });
  await mountServices(app, server, protocol, guarded.services);
  const address = await server.listen(config.host, config.grpcPort);
  return { address, close: () => server.close() };
}
