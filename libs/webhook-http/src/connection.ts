import { Socket } from 'node:net';
import { Client, type buildConnector } from 'undici';

/** Shorter than what common servers keep (5 s and up), so that we rarely write to a socket the peer just closed. */
const KEEP_ALIVE_MS = 4_000;
/** A busy connection is renewed after this, or a change of DNS would never be seen. */
const MAX_AGE_MS = 60_000;

/** One connection to one origin, carrying one request at a time. Opens its socket when it is first used. */
export class Connection {
  readonly origin: string;
  readonly client: Client;
  readonly #bornAt = performance.now();
  #socket: Socket | undefined;

  constructor(origin: string, connect: buildConnector.connector, maxHeaderBytes: number) {
    this.origin = origin;
    this.client = new Client(origin, {
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      keepAliveTimeoutThreshold: 1_000,
      // The exchange has the only deadline; undici's own timers would be a second opinion at a cost.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxHeaderSize: maxHeaderBytes,
      strictContentLength: true,
      connect: (options, callback) => {
        const socket: unknown = connect(options, callback);
        if (socket instanceof Socket) this.#socket = socket;
      },
    });
  }

  get isWorn(): boolean {
    return performance.now() - this.#bornAt > MAX_AGE_MS;
  }

  /** Also ends a connect that is still under way, which undici's own destroy leaves to itself. */
  drop(): void {
    this.#socket?.destroy();
    void this.client.destroy();
  }
}
