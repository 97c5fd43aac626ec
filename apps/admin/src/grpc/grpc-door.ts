import type { INestApplication } from '@nestjs/common';
import { credentialsOf, fullName, GrpcServer, loadProtocol, type Protocol } from '#grpc-edge';
import type { GrpcConfig, Health } from '#platform';
import type { Admin } from '../create-admin.ts';
import { BODY_BYTES } from '../door.ts';
import { adminServices } from './admin-services.ts';
import { OwnServer } from './own-server.ts';
import { TRANSFER_SERVICE, TransferService } from './transfer-service.ts';

export { grpcServices } from './services.ts';

export interface GrpcDoor {
  /** `host:port` */
  readonly address: string;
  /** Answers what is under way, then closes. */
  close(): Promise<void>;
}

/** Lets all of administration be served by this server; call it before the server listens. */
export async function mountServices(
  app: INestApplication,
  { context }: Admin,
  { server }: GrpcServer,
  protocol: Protocol,
): Promise<void> {
  const guard = adminServices(context);
  const transfer = fullName(TRANSFER_SERVICE);
  const ofNest = guard.services.filter((name) => name !== transfer);
  app.connectMicroservice({ strategy: new OwnServer(server, protocol, ofNest) });
  await app.startAllMicroservices();
  new TransferService(context, guard).addTo(server, protocol);
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
  await mountServices(app, admin, server, protocol);
  const address = await server.listen(config.host, config.grpcPort);
  return { address, close: () => server.close() };
}
