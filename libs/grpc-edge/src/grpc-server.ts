import { Server, type ServerCredentials } from '@grpc/grpc-js';
import { ReflectionService } from '@grpc/reflection';
import type { Health } from '#platform';
import { CallGate, type GuardedServices } from './call-gate.ts';
import { described } from './described.ts';
import type { Protocol } from './protocol.ts';
import { Readiness } from './readiness.ts';

export interface GrpcServerOptions {
  readonly protocol: Protocol;
  readonly credentials: ServerCredentials;
  readonly guarded: readonly GuardedServices[];
  readonly health: Health;
  /** Of one message, as it arrives. */
  readonly maxMessageBytes: number;
}

/** Calls that one connection may have open; beyond it a client waits. */
const MAX_CALLS = 1_000;
/** A client that is gone without a word is noticed, and its streams end. */
const KEEPALIVE_MS = 60_000;
const KEEPALIVE_WITHIN_MS = 20_000;
/** For the last bytes to leave, once all calls are answered; those that watch health or reflect are cut then. */
const LAST_BYTES_MS = 1_000;

/**
 * The gRPC port of a process: a server of grpc-js with its gate, health and reflection. Services are added to `server` by
 * the apps, or by Nest; then it listens.
 *
 * A stop: not serving for whoever asks, nobody new is let in, connections are told to go, every call that was let in gets
 * its answer, and what is left is cut.
 */
export class GrpcServer {
  readonly server: Server;
  readonly #credentials: ServerCredentials;
  readonly #gate: CallGate;
  readonly #readiness: Readiness;

  constructor({ protocol, credentials, guarded, health, maxMessageBytes }: GrpcServerOptions) {
    const services = guarded.flatMap((one) => one.services);
    this.#credentials = credentials;
    this.#gate = new CallGate(guarded);
    this.#readiness = new Readiness(health, services);
    this.server = new Server({
      'grpc.max_receive_message_length': maxMessageBytes,
      'grpc.max_concurrent_streams': MAX_CALLS,
      'grpc.keepalive_time_ms': KEEPALIVE_MS,
      'grpc.keepalive_timeout_ms': KEEPALIVE_WITHIN_MS,
      interceptors: [this.#gate.interceptor],
    });
    this.#readiness.addTo(this.server);
    new ReflectionService(described(protocol.definition), { services }).addToServer(this.server);
  }

  /** Port 0: a free one. Resolves with `host:port` once it listens. */
  async listen(host: string, port: number): Promise<string> {
    const name = host.includes(':') ? `[${host}]` : host;
    const bound = await new Promise<number>((resolve, reject) => {
      this.server.bindAsync(`${name}:${port}`, this.#credentials, (error, given) =>
        error === null ? resolve(given) : reject(error),
      );
    });
    await this.#readiness.start();
    return `${name}:${bound}`;
  }

  /** Whoever has calls that end by themselves never (streams) must have begun to end them. */
  async close(): Promise<void> {
    this.#readiness.stop();
    this.#gate.close();
    const closed = new Promise<void>((resolve) => this.server.tryShutdown(() => resolve()));
    await this.#gate.idle();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, LAST_BYTES_MS);
    });
    await Promise.race([closed, late]);
    clearTimeout(timer);
    this.server.forceShutdown();
  }
}
