import { credentialsOf, GrpcServer, loadProtocol } from '#grpc-edge';
import type { GrpcConfig, Health, IngestionConfig } from '#platform';
import type { Ingestion } from '../create-ingestion.ts';
import { IngestService } from './ingest-service.ts';

interface GrpcAddress {
  readonly host: string;
  readonly grpcPort: number;
}

export interface GrpcDoor {
  /** `host:port` */
  readonly address: string;
  /** Answers what is under way, then closes. */
  close(): Promise<void>;
}

/** Publishing over gRPC, with health and reflection. Resolves when it listens. */
export async function openGrpcDoor(
  ingestion: Ingestion,
  config: GrpcConfig & Pick<IngestionConfig, 'maxBodyBytes'> & GrpcAddress,
  health: Health,
): Promise<GrpcDoor> {
  const protocol = loadProtocol();
  const service = new IngestService(ingestion);
  const server = new GrpcServer({
    protocol,
    credentials: credentialsOf(config),
    guarded: [service],
    health,
    maxMessageBytes: config.maxBodyBytes,
  });
  service.addTo(server.server, protocol);
  const address = await server.listen(config.host, config.grpcPort);
  return {
    address,
    close: async () => {
      service.drain();
      await server.close();
    },
  };
}
