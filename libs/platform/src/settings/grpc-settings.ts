import { defineConfig, type ConfigOf } from '../load-config.ts';

/** The gRPC port; the address is that of HTTP. */
export const grpcSettings = defineConfig({
  grpcPort: {
    env: 'HYPERHOOK_GRPC_PORT',
    kind: 'int',
    default: null,
    min: 0,
    max: 65_535,
    description: 'port of gRPC; 0: a free one; absent: no gRPC',
  },
  grpcTlsCertFile: {
    env: 'HYPERHOOK_GRPC_TLS_CERT_FILE',
    kind: 'string',
    default: null,
    description: 'PEM file of the certificate that gRPC shows; absent: no TLS',
  },
  grpcTlsKeyFile: {
    env: 'HYPERHOOK_GRPC_TLS_KEY_FILE',
    kind: 'string',
    default: null,
    description: 'PEM file of the key of that certificate',
  },
  grpcTlsClientCaFile: {
    env: 'HYPERHOOK_GRPC_TLS_CLIENT_CA_FILE',
    kind: 'string',
    default: null,
    description:
      'PEM file of the authority that clients of gRPC must have a certificate of; absent: none is asked for',
  },
});

export type GrpcConfig = ConfigOf<typeof grpcSettings>;
