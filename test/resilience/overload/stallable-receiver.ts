import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A customer that answers at once, or not at all. It keeps the time of each event's first good answer, epoch ms. */
export class StallableReceiver {
  readonly delivered = new Map<string, number>();
  /** Good answers for an event that had one before. */
  again = 0;
  #hangs = false;
  readonly #hanging = new Set<ServerResponse>();
  readonly #server = createServer((request, response) => {
    request.resume();
    request.on('end', () => this.#take(String(request.headers['webhook-id']), response));
  });

  async open(): Promise<string> {
    this.#server.keepAliveTimeout = 60_000;
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  hang(): void {
    this.#hangs = true;
  }

  /** What came meanwhile never gets an answer: its sender has given up, or will. */
  answer(): void {
    this.#hangs = false;
    for (const response of this.#hanging) response.destroy();
    this.#hanging.clear();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #take(id: string, response: ServerResponse): void {
    if (this.#hangs) {
      this.#hanging.add(response);
      response.on('close', () => this.#hanging.delete(response));
      return;
    }
    if (this.delivered.has(id)) this.again += 1;
    else this.delivered.set(id, Date.now());
    response.writeHead(204).end();
  }
}
