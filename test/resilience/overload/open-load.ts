import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';

/** How one request was answered; status 0: not at all. */
export interface LoadAnswer {
  readonly at: number;
  readonly status: number;
  readonly hasRetryAfter: boolean;
}

export interface LoadShape {
  readonly tenants: readonly string[];
  /** Events a second, whatever is answered; null: as fast as they are accepted. */
  readonly rate: number | null;
  readonly perRequest: number;
}

/** As a pool of publishers has them; what does not get a connection by then is not sent. */
const CONNECTIONS = 64;
const TICK_MS = 20;
const filler = 'x'.repeat(900);

/** Publishes at a rate that does not care whether it is kept up with, and remembers what was accepted. */
export class OpenLoad {
  readonly answers: LoadAnswer[] = [];
  /** When an event was sent that was accepted then, epoch ms by its id. */
  readonly accepted = new Map<string, number>();
  /** Events for which no connection was free. */
  unsent = 0;
  readonly #pool: Pool;
  readonly #key: string;
  #inFlight = 0;
  #turn = 0;

  constructor(url: string, key: string) {
    this.#pool = new Pool(url, { connections: CONNECTIONS, headersTimeout: 60_000, bodyTimeout: 60_000 });
    this.#key = key;
  }

  /** Ids of what it accepted; resolves when all is answered. */
  async run(shape: LoadShape, until: AbortSignal): Promise<void> {
    const begun: Promise<void>[] = [];
    if (shape.rate === null) {
      const one = async () => {
        while (!until.aborted) await this.#publish(shape);
      };
      await Promise.all(Array.from({ length: 32 }, one));
      return;
    }
    const began = performance.now();
    let sent = 0;
    while (!until.aborted) {
      const due = ((performance.now() - began) / 1_000) * shape.rate;
      for (; sent + shape.perRequest <= due; sent += shape.perRequest) {
        if (this.#inFlight >= CONNECTIONS) this.unsent += shape.perRequest;
        else begun.push(this.#publish(shape));
      }
      // Long runs must not hold a promise for each request ever made.
      if (begun.length > 1_000) await Promise.race(begun.splice(0, 500));
      await delay(TICK_MS);
    }
    await Promise.all(begun);
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }

  async #publish({ tenants, perRequest }: LoadShape): Promise<void> {
    const tenant = tenants[this.#turn++ % tenants.length] ?? '';
    const events = Array.from({ length: perRequest }, () => ({
      id: `msg_${randomUUID().replaceAll('-', '').slice(0, 26)}`,
      type: 'overload',
      tenant,
      data: { filler },
    }));
    this.#inFlight += 1;
    const at = Date.now();
    try {
      const { statusCode, headers, body } = await this.#pool.request({
        method: 'POST',
        path: '/api/v1/events',
        headers: { authorization: `Bearer ${this.#key}`, 'content-type': 'application/json' },
        body: JSON.stringify(events),
      });
      const text = await body.text();
      this.answers.push({
        at: Date.now(),
        status: statusCode,
        hasRetryAfter: headers['retry-after'] !== undefined,
      });
      if (statusCode === 202) for (const { id } of events) this.accepted.set(id, at);
      if (statusCode === 207) this.#takeOneByOne(text, events, at);
    } catch {
      this.answers.push({ at: Date.now(), status: 0, hasRetryAfter: false });
      await delay(TICK_MS);
    } finally {
      this.#inFlight -= 1;
    }
  }

  #takeOneByOne(text: string, events: readonly { readonly id: string }[], at: number): void {
    const entries = JSON.parse(text) as readonly { readonly status?: unknown }[];
    entries.forEach(({ status }, n) => {
      const id = events[n]?.id;
      if (id !== undefined && (status === 'accepted' || status === 'duplicate')) this.accepted.set(id, at);
    });
  }
}
