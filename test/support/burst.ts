import { setTimeout as delay } from 'node:timers/promises';
import { partitionOf } from '#log';

/** What a burst needs of an engine: `KafkaEngine` is one. */
export interface BurstEngine {
  call(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly body: unknown }>;
  must<T>(method: string, path: string, body?: unknown): Promise<T>;
}

export interface BurstOptions {
  /** Events go round these in turn. */
  readonly tenants: readonly string[];
  readonly events: number;
  readonly perRequest?: number;
  readonly publishers?: number;
  /** Between two requests of one publisher: sets how long the burst takes. */
  readonly pauseMs?: number;
  /** Number of the first event: bursts one after the other have events of their own. */
  readonly first?: number;
}

/** Every third event is of the type that a choosy endpoint wants. */
export const isWanted = (n: number): boolean => n % 3 === 0;
/** Of the event number n, in the form that Hypertune's contract asks for. */
export const burstId = (n: number): string => `ev${String(n).padStart(19, '0')}`;

/**
 * Publishes events 0…N−1 with ids known beforehand. An answer other than 202, or none, says nothing: the same ids are
 * published again until 202 comes (P10). Every 202 counts (P1).
 */
export class Burst {
  readonly options: Required<BurstOptions>;
  /** Events answered 202 so far. */
  accepted = 0;
  /** Requests that had to be made again. */
  repeated = 0;
  readonly #engine: BurstEngine;
  readonly #ended = new AbortController();
  readonly #waiting: { readonly at: number; readonly go: () => void }[] = [];
  #next = 0;

  constructor(engine: BurstEngine, options: BurstOptions) {
    this.#engine = engine;
    this.options = { perRequest: 25, publishers: 3, pauseMs: 5, first: 0, ...options };
  }

  /** Numbers of its events. */
  get numbers(): readonly number[] {
    const { first, events } = this.options;
    return Array.from({ length: events }, (_, n) => first + n);
  }

  tenantOf(n: number): string {
    return this.options.tenants[n % this.options.tenants.length] ?? '';
  }

  /** Publishes while `faults` runs; resolves when both are through, rejects when either fails, with both ended. */
  async during(faults: () => Promise<void>): Promise<void> {
    const work = [...Array.from({ length: this.options.publishers }, () => this.#publish()), faults()];
    for (const one of work) one.catch(() => this.stop());
    await Promise.allSettled(work);
    await Promise.all(work);
  }

  /** Resolves once this part of it (0…1) is accepted, or it was stopped. */
  reached(share: number): Promise<void> {
    const at = share * this.options.events;
    if (this.accepted >= at || this.#ended.signal.aborted) return Promise.resolve();
    return new Promise((go) => this.#waiting.push({ at, go }));
  }

  /** What is under way ends; the rest is not published. */
  stop(): void {
    this.#ended.abort();
    for (const { go } of this.#waiting.splice(0)) go();
  }

  async #publish(): Promise<void> {
    const { events, first, perRequest, pauseMs } = this.options;
    while (this.#next < events && !this.#ended.signal.aborted) {
      const from = this.#next;
      this.#next = Math.min(events, from + perRequest);
      const batch = Array.from({ length: this.#next - from }, (_, n) => this.#event(first + from + n));
      await this.#untilAccepted(batch);
      await delay(pauseMs);
    }
  }

  async #untilAccepted(batch: readonly object[]): Promise<void> {
    while (!this.#ended.signal.aborted) {
      const answer = await this.#engine.call('POST', '/events', batch).catch(() => undefined);
      if (answer?.status === 202) {
        this.accepted += batch.length;
        for (const one of this.#waiting) if (this.accepted >= one.at) one.go();
        return;
      }
      if (answer !== undefined && answer.status >= 400 && answer.status < 500) {
        throw new Error(JSON.stringify(answer).slice(0, 500));
      }
      this.repeated += 1;
      await delay(25);
    }
  }

  #event(n: number): object {
    const type = isWanted(n) ? 'DEPLOYED' : 'COMMITTED';
    return { id: burstId(n), type, tenant: this.tenantOf(n), data: { n } };
  }
}

/** One tenant for each partition, so that every owner of a partition has work. */
export function tenantsOver(partitions: number): readonly string[] {
  const found = new Map<number, string>();
  for (let n = 0; found.size < partitions; n += 1) {
    const partition = partitionOf(`burst${n}`, partitions);
    if (!found.has(partition)) found.set(partition, `burst${n}`);
  }
  return [...found].sort(([a], [b]) => a - b).map(([, tenant]) => tenant);
}

/**
 * Tenants with one endpoint for each name in `paths`, at `<base>/<tenant>/<path>`; `/dead` wants DEPLOYED only. Resolves
 * with endpoint ids and their paths.
 */
export async function openEndpoints(
  engine: BurstEngine,
  base: string,
  tenants: readonly string[],
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const endpoints = new Map<string, string>();
  await Promise.all(
    tenants.map(async (tenant) => {
      await engine.must('POST', '/tenants', { id: tenant, name: tenant, contract: 'hypertune' });
      for (const path of paths) {
        const { id } = await engine.must<{ id: string }>('POST', `/webhooks?tenant=${tenant}`, {
          url: `${base}/${tenant}/${path}`,
          ...(path === 'dead' ? { events: ['DEPLOYED'] } : {}),
        });
        endpoints.set(id, `/${tenant}/${path}`);
      }
    }),
  );
  return endpoints;
}
