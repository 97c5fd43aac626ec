import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as the receiver saw it. */
export interface Receipt {
  readonly path: string;
  readonly id: string;
  readonly status: number;
  readonly at: number;
}

/** Counts what arrives by the event id in the body. `answer` decides by path and how often that id came there before. */
export class LedgerReceiver {
  readonly receipts: Receipt[] = [];
  /** Requests that have come and are not answered yet. */
  inFlight = 0;
  readonly #counts = new Map<string, number>();
  readonly #answer: (path: string, nth: number) => { status: number; delayMs?: number };
  readonly #server = createServer((request, response) => {
    this.inFlight += 1;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('close', () => (this.inFlight -= 1));
    request.on('end', () => {
      const { id } = JSON.parse(Buffer.concat(chunks).toString()) as { id: string };
      const path = request.url ?? '';
      const nth = this.#counts.get(`${path} ${id}`) ?? 0;
      this.#counts.set(`${path} ${id}`, nth + 1);
      const { status, delayMs = 0 } = this.#answer(path, nth);
      this.receipts.push({ path, id, status, at: Date.now() });
      if (delayMs === 0) response.writeHead(status).end();
      else setTimeout(() => response.writeHead(status).end(), delayMs);
    });
  });

  constructor(
    answer: (path: string, nth: number) => { status: number; delayMs?: number } = () => ({ status: 200 }),
  ) {
    this.#answer = answer;
    this.#server.keepAliveTimeout = 30_000;
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
