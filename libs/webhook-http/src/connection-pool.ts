import type { Connection } from './connection.ts';

const IDLE_MS = 5_000;
const SWEEP_MS = 1_000;

interface Idle {
  readonly connection: Connection;
  readonly since: number;
}

/**
 * Idle connections, newest used first, so that what is borrowed is what its server closed least likely.
 *
 * 1. A borrowed connection belongs to its borrower until it is returned or dropped.
 * 2. At most `maxIdle` are idle, over all origins; the one idle longest makes room, so that a thousand endpoints
 *    used once do not keep a busy one from keeping its connections. None is idle for much longer than 5 s.
 * 3. `#byAge` and the lists in `#byOrigin` hold the same entries, both oldest first. How many connections are
 *    borrowed is the callers' to bound.
 */
export class ConnectionPool {
  readonly #byOrigin = new Map<string, Idle[]>();
  readonly #byAge = new Set<Idle>();
  readonly #open: (origin: string) => Connection;
  readonly #maxIdle: number;
  readonly #sweeper: NodeJS.Timeout;
  #closed = false;

  constructor(options: { readonly open: (origin: string) => Connection; readonly maxIdle: number }) {
    this.#open = options.open;
    this.#maxIdle = options.maxIdle;
    this.#sweeper = setInterval(() => this.#dropIdleSince(performance.now() - IDLE_MS), SWEEP_MS);
    this.#sweeper.unref();
  }

  borrow(origin: string): Connection {
    const found = this.#byOrigin.get(origin)?.pop();
    if (found === undefined) return this.#open(origin);
    this.#byAge.delete(found);
    return found.connection;
  }

  giveBack(connection: Connection): void {
    if (this.#closed || connection.isWorn) {
      connection.drop();
      return;
    }
    const idle = { connection, since: performance.now() };
    const others = this.#byOrigin.get(connection.origin);
    if (others === undefined) this.#byOrigin.set(connection.origin, [idle]);
    else others.push(idle);
    this.#byAge.add(idle);
    if (this.#byAge.size > this.#maxIdle) this.#dropOldest();
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#sweeper);
    this.#dropIdleSince(Number.POSITIVE_INFINITY);
  }

  #dropIdleSince(limit: number): void {
    for (const { since } of this.#byAge) {
      if (since > limit) break;
      this.#dropOldest();
    }
    // Origins that were borrowed empty; a customer's host may never be heard of again.
    for (const [origin, idle] of this.#byOrigin) if (idle.length === 0) this.#byOrigin.delete(origin);
  }

  #dropOldest(): void {
    const [oldest] = this.#byAge;
    if (oldest === undefined) return;
    this.#byAge.delete(oldest);
    this.#byOrigin.get(oldest.connection.origin)?.shift();
    oldest.connection.drop();
  }
}
