import type { Server } from '@grpc/grpc-js';
import { PROTOCOL_PACKAGE, type Protocol } from '#grpc-edge';
import { ServerGrpc } from '@nestjs/microservices';

/**
 * Nest's gRPC transport on a server that is somebody else's: it adds its services there, and neither opens nor closes it.
 * So one port serves these services and those that stand beside Nest, behind one gate, and is drained by whoever made it.
 * Nest would also keep the number of a port that the system chose to itself.
 */
export class OwnServer extends ServerGrpc {
  readonly #server: Server;

  /** `services`: full names of those that Nest has handlers for. */
  constructor(server: Server, protocol: Protocol, services: readonly string[]) {
    const packageDefinition = Object.fromEntries(
      Object.entries(protocol.definition).filter(([name]) => services.includes(name)),
    );
    super({ package: PROTOCOL_PACKAGE, packageDefinition });
    this.#server = server;
  }

  override async createClient(): Promise<Server> {
    return this.#server;
  }

  override async close(): Promise<void> {}
}
