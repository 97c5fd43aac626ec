import type { Principal } from '#http-edge';
import type { IncomingHttpHeaders } from 'node:http';

/** The part of a Fastify request that the edge reads; the guard leaves the principal there. */
export interface EdgeRequest {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly url: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  principal?: Principal;
}

/** The part of a Fastify reply that the edge writes. */
export interface EdgeReply {
  status(code: number): EdgeReply;
  header(name: string, value: string): EdgeReply;
  send(payload: Uint8Array): unknown;
  readonly sent: boolean;
}
