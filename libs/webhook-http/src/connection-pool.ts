import type { Connection } from './connection.ts';

const IDLE_MS = 5_000;
const SWEEP_MS = 1_000;

/**
 * Idle connections, newest used first, so that what is borrowed is what its server closed least likely.
 *
 * 1. A borrowed connection belongs to its borrower until it is returned or dropped.
 * 2. At most `maxIdle` are idle; none is idle for much longer than 5 s. How many are borrowed is the callers' to bound.
 */
export class ConnectionPool {
  readonly #idle = new Map<string, { readonly connection: Connection; readonly since: number }[]>();
  readonly #open: (origin: string) => Connection;
  readonly #maxIdle: number;
  readonly #sweeper: NodeJS.Timeout;
  #idleCount = 0;
  #closed = false;

  constructor(options: { readonly open: (origin: string) => Connection; readonly maxIdle: number }) {
    this.#open = options.open;
    this.#maxIdle = options.maxIdle;
    this.#sweeper = setInterval(() => this.#sweep(performance.now() - IDLE_MS), SWEEP_MS);
    this.#sweeper.unref();
  }

  borrow(origin: string): Connection {
    const found = this.#idle.get(origin)?.pop();
    if (found === undefined) return this.#open(origin);
    this.#idleCount -= 1;
    return found.connection;
  }

  giveBack(connection: Connection): void {
    if (this.#closed || connection.isWorn || this.#idleCount >= this.#maxIdle) {
      connection.drop();
      return;
    }
    const idle = { connection, since: performance.now() };
    const others = this.#idle.get(connection.origin);
    if (others === undefined) this.#idle.set(connection.origin, [idle]);
    else others.push(idle);
    this.#idleCount += 1;
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#sweeper);
    this.#sweep(Number.POSITIVE_INFINITY);
  }

  #sweep(olderThan: number): void {
    for (const [origin, idle] of this.#idle) {
      const firstYoung = idle.findIndex((entry) => entry.since >= olderThan);
      const stale = idle.splice(0, firstYoung === -1 ? idle.length : firstYoung);
      for (const { connection } of stale) connection.drop();
      this.#idleCount -= stale.length;
      if (idle.length === 0) this.#idle.delete(origin);
    }
  }
}
