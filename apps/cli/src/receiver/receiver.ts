import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came, whole. */
export interface Arrival {
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

const MAX_BODY = 4 * 1_024 * 1_024;

/** A customer's server on this machine, which answers as it is told and tells what came. */
export class Receiver {
  readonly #server: Server;

  /** `answer` gives the status. */
  constructor(answer: (arrival: Arrival) => number) {
    this.#server = createServer((request, response) => {
      void this.#read(request).then(
        (arrival) => response.writeHead(arrival === undefined ? 413 : answer(arrival)).end(),
        // It went away in the middle: there is nobody to answer.
        () => response.destroy(),
      );
    });
  }

  /** Resolves with its URL. */
  async open(port: number): Promise<string> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** Undefined: too large. */
  async #read(request: IncomingMessage): Promise<Arrival | undefined> {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.byteLength;
      if (length <= MAX_BODY) chunks.push(chunk);
    }
    if (length > MAX_BODY) return undefined;
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : value,
      ]),
    );
    const { method = '', url = '' } = request;
    return { method, path: url, headers, body: Buffer.concat(chunks) };
  }
}
