import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from './eventually.ts';
import type { ServerCertificate } from './throw-away-ca.ts';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  /** Names as they stood on the wire. */
  readonly headers: Readonly<Record<string, string>>;
  /** The same, in order and with repeats: name, value, name, value … */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  /** Epoch ms, when the request was complete. */
  readonly arrivedAt: number;
}

export interface Answer {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Waits before the head. */
  readonly delayMs?: number;
  /** Never answers. */
  readonly hang?: boolean;
  /** Destroys the connection instead of an answer. */
  readonly reset?: boolean;
  /** Sends the body in pieces: one of `bytes` every `everyMs`. */
  readonly drip?: { readonly bytes: number; readonly everyMs: number };
}

export interface Receiver {
  /** Without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Complete requests, in the order they came. */
  readonly requests: readonly ReceivedRequest[];
  /** Connections accepted so far. */
  readonly connections: number;
  /** Waits until at least `count` requests came, and gives them. */
  waitFor(count: number, withinMs?: number): Promise<readonly ReceivedRequest[]>;
  /** Cuts every connection. */
  close(): Promise<void>;
}

export interface ReceiverOptions {
  readonly tls?: ServerCertificate;
  /** `n` counts requests from 1. Default: 200, empty. */
  readonly answer?: (request: ReceivedRequest, n: number) => Answer | Promise<Answer>;
  /** Default 0: any free one. */
  readonly port?: number;
}

/** A real HTTP(S) server on 127.0.0.1 that remembers what it was sent and answers as told. */
export async function startReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const requests: ReceivedRequest[] = [];
  const closing = new AbortController();
  let connections = 0;

  const onRequest = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const request: ReceivedRequest = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: pairs(incoming.rawHeaders),
      rawHeaders: incoming.rawHeaders,
      body: Buffer.concat(chunks),
      arrivedAt: Date.now(),
    };
    const n = requests.push(request);
    await give(response, (await options.answer?.(request, n)) ?? {}, closing.signal);
  };
  // The sender may hang up, or the test may end, at any moment of an answer.
  const listener = (incoming: IncomingMessage, response: ServerResponse): void => {
    onRequest(incoming, response).catch(() => response.destroy());
  };

  const server =
    options.tls === undefined ? createServer(listener) : createTlsServer({ ...options.tls }, listener);
  server.on('connection', () => (connections += 1));
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    requests,
    get connections() {
      return connections;
    },
    waitFor: (count, withinMs) =>
      eventually(() => {
        if (requests.length >= count) return requests;
        throw new Error(`${requests.length} of ${count} requests came`);
      }, withinMs),
    async close() {
      closing.abort();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function give(response: ServerResponse, answer: Answer, signal: AbortSignal): Promise<void> {
  if (answer.hang === true) return;
  if (answer.delayMs !== undefined) await delay(answer.delayMs, undefined, { signal });
  if (answer.reset === true) {
    response.destroy();
    return;
  }
  response.writeHead(answer.status ?? 200, { ...answer.headers });
  const body = Buffer.from(answer.body ?? '');
  if (answer.drip === undefined) {
    response.end(body);
    return;
  }
  response.flushHeaders();
  for (let at = 0; at < body.byteLength; at += answer.drip.bytes) {
    if (response.destroyed) return;
    response.write(body.subarray(at, at + answer.drip.bytes));
    await delay(answer.drip.everyMs, undefined, { signal });
  }
  response.end();
}

function pairs(raw: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let at = 0; at + 1 < raw.length; at += 2) headers[raw[at] ?? ''] = raw[at + 1] ?? '';
  return headers;
}
