import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';

/** One request as it came, in whole. Header names in lower case. */
export interface Arrival {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly status: number;
}

type Answer = (request: Omit<Arrival, 'status'>, nth: number) => number | Promise<number>;

/** A customer's server, over TLS where it is given a certificate: keeps what came, answers what `answer` says. */
export class CustomerServer {
  readonly arrivals: Arrival[] = [];
  answer: Answer;
  readonly #tls: boolean;
  readonly #server: ReturnType<typeof createHttp>;
  #count = 0;

  constructor(answer: Answer = () => 200, tls?: { readonly key: string; readonly cert: string }) {
    this.answer = answer;
    this.#tls = tls !== undefined;
    const listener = (request: IncomingMessage, response: ServerResponse): void => {
      void this.#receive(request).then(
        (status) => response.writeHead(status).end(),
        (error: unknown) => response.writeHead(599).end(String(error)),
      );
    };
    this.#server = tls === undefined ? createHttp(listener) : createHttps(tls, listener);
  }

  /** Resolves with its URL, without a path. */
  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `${this.#tls ? 'https' : 'http'}://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** What came to one path. */
  at(path: string): readonly Arrival[] {
    return this.arrivals.filter((one) => one.path === path);
  }

  async #receive(request: IncomingMessage): Promise<number> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const arrival = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers,
      body: Buffer.concat(chunks),
    };
    const nth = this.#count;
    this.#count += 1;
    const status = await this.answer(arrival, nth);
    this.arrivals.push({ ...arrival, status });
    return status;
  }
}
