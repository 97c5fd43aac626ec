import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** One request as the receiver saw it. */
export interface Receipt {
  readonly path: string;
  readonly id: string;
  readonly status: number;
  readonly at: number;
  /** Process id of the sender, where `say-who-sends.mjs` is preloaded into it; else 0. */
  readonly by: number;
}

/** Counts what arrives by the event id in the body. `answer` decides by path and how often that id came there before. */
export class LedgerReceiver {
  readonly receipts: Receipt[] = [];
  /** Requests that have come and are not answered yet. */
  inFlight = 0;
  readonly #counts = new Map<string, number>();
  /** Open connections, and who sends on them (0: nothing was sent yet). */
  readonly #sockets = new Map<Socket, number>();
  readonly #answer: (path: string, nth: number) => { status: number; delayMs?: number };
  readonly #server = createServer((request, response) => {
    const by = Number(request.headers['x-sent-by'] ?? 0);
    this.#sockets.set(request.socket, by);
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
      this.receipts.push({ path, id, status, at: Date.now(), by });
      if (delayMs === 0) response.writeHead(status).end();
      else setTimeout(() => response.writeHead(status).end(), delayMs);
    });
  });

  constructor(
    answer: (path: string, nth: number) => { status: number; delayMs?: number } = () => ({ status: 200 }),
  ) {
    this.#answer = answer;
    this.#server.keepAliveTimeout = 30_000;
    this.#server.on('connection', (socket) => {
      this.#sockets.set(socket, 0);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Connections that this process has or may have: at 0 after its end, all that it ever sent has been counted. */
  connectionsOf(pid: number): number {
    return [...this.#sockets.values()].filter((by) => by === pid || by === 0).length;
  }

  /**
   * Seconds from `at` (epoch ms), when process `pid` ended, until others had sent for every path that was its own; NaN:
   * they have not.
   */
  recoveryOf(pid: number, at: number): number {
    const own = new Set<string>();
    const again = new Map<string, number>();
    for (const { path, by, at: when } of this.receipts) {
      if (when <= at && by === pid) own.add(path);
      else if (when <= at) own.delete(path);
      else if (by !== pid && !again.has(path)) again.set(path, when);
    }
    return (Math.max(at, ...[...own].map((path) => again.get(path) ?? NaN)) - at) / 1_000;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
