import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { ServerCredentials } from '@grpc/grpc-js';
import { ConfigError, type GrpcConfig } from '#platform';

/** What the settings say of TLS, files read. Throws a {@link ConfigError} with all that does not fit together. */
export function credentialsOf(config: GrpcConfig): ServerCredentials {
  const { grpcTlsCertFile, grpcTlsKeyFile, grpcTlsClientCaFile } = config;
  const problems: string[] = [];
  const read = (env: string, path: string | null): Buffer | undefined => {
    if (path === null) return undefined;
    try {
      return readFileSync(path);
    } catch (error) {
      problems.push(`${env}: cannot read ${path} (${(error as NodeJS.ErrnoException).code})`);
      return undefined;
    }
  };
  const cert = read('HYPERHOOK_GRPC_TLS_CERT_FILE', grpcTlsCertFile);
  const key = read('HYPERHOOK_GRPC_TLS_KEY_FILE', grpcTlsKeyFile);
  const clientCa = read('HYPERHOOK_GRPC_TLS_CLIENT_CA_FILE', grpcTlsClientCaFile);
  if ((grpcTlsCertFile === null) !== (grpcTlsKeyFile === null)) {
    problems.push('HYPERHOOK_GRPC_TLS_CERT_FILE, HYPERHOOK_GRPC_TLS_KEY_FILE: give both, or none');
  }
  if (grpcTlsCertFile === null && grpcTlsClientCaFile !== null) {
    problems.push(
      'HYPERHOOK_GRPC_TLS_CLIENT_CA_FILE: certificates of clients are asked for by TLS only; give a certificate of the server too',
    );
  }
  if (problems.length > 0) throw new ConfigError(problems);
  if (cert === undefined || key === undefined) return ServerCredentials.createInsecure();
  try {
    createSecureContext({ cert, key, ...(clientCa === undefined ? {} : { ca: clientCa }) });
  } catch (error) {
    throw new ConfigError([`HYPERHOOK_GRPC_TLS_…_FILE: cannot be used (${(error as Error).message})`]);
  }
  const pair = { cert_chain: cert, private_key: key };
  return ServerCredentials.createSsl(clientCa ?? null, [pair], clientCa !== undefined);
}
