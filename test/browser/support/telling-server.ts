import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Telling {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A customer's server that says what it is told to, for each path; 200 where it was told nothing. */
export class TellingServer {
  url = '';
  readonly #says = new Map<string, Telling | 'nothing'>();
  readonly #came = new Map<string, Buffer[]>();
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const path = request.url ?? '';
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.#came.set(path, [...this.at(path), Buffer.concat(chunks)]);
        const telling = this.#says.get(path) ?? { status: 200 };
        if (telling === 'nothing') return;
        const { status, body = '', headers = {} } = telling;
        response.writeHead(status, headers).end(body);
      });
    });
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** `nothing`: it never answers. */
  says(path: string, telling: Telling | 'nothing'): void {
    this.#says.set(path, telling);
  }

  /** Bodies that came to a path. */
  at(path: string): readonly Buffer[] {
    return this.#came.get(path) ?? [];
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
