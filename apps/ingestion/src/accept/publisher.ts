import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ControlTable } from '#control';
import { problemOf, Refused, tenantOf, type Principal } from '#http-edge';
import type { Tracing } from '#platform';
import type { IngestionMetrics } from '../ingestion-metrics.ts';
import type { ByteBudget, ByteLease } from './byte-budget.ts';
import { requireEntitled, type Accepted, type EventAcceptor } from './event-acceptor.ts';
import { beginPublish, type PublishTrace } from './publish-trace.ts';
import type { PublishedEvent } from './published-event.ts';

export const MAX_BATCH = 1_000;

/** Rendering a full batch takes long enough to be felt by other requests; every so often they get a turn. */
const TURN_MS = 8;

/** Reads one event out of what its transport brought; `now`: epoch ms. Throws what `problemOf` knows. */
export type ReadEvent = (now: number) => PublishedEvent;

/** What led to the events of one request. */
export interface PublishOrigin {
  /** How many deliveries led to them, one through the other; absent: none. */
  readonly hop?: number;
  readonly trace: PublishTrace | undefined;
}

/** What became of one event of a batch. */
export type BatchItem =
  { readonly ok: true; readonly accepted: Accepted } | { readonly ok: false; readonly error: unknown };

export interface PublisherDeps {
  readonly acceptor: EventAcceptor;
  readonly table: ControlTable;
  readonly budget: ByteBudget;
  readonly metrics: IngestionMetrics;
  /** Epoch ms, and monotonic ms. */
  readonly now: () => number;
  readonly monotonic: () => number;
  /** Undefined: nobody traces. */
  readonly tracing: Tracing | undefined;
}

/**
 * What REST and gRPC have in common: from who asks and what they sent to events that are durable. The order of checks
 * is: entitlement, size, JSON, fields, quota, contract, log. Throws what `problemOf` knows.
 */
export class Publisher {
  readonly #deps: PublisherDeps;

  constructor(deps: PublisherDeps) {
    this.#deps = deps;
  }

  /**
   * Around all of one request: `work` takes from the lease what it holds in memory, and it is given back at the end.
   * `traceparent`: of the publisher's own trace, where it is one.
   */
  async request<T>(
    principal: Principal,
    traceparent: string | undefined,
    work: (lease: ByteLease, trace: PublishTrace | undefined) => Promise<T>,
  ): Promise<T> {
    const { budget, table, metrics, monotonic, now, tracing } = this.#deps;
    if (principal.tenantId !== null) requireEntitled(tenantOf(principal, table, undefined, null));
    const lease = budget.lease();
    const began = monotonic();
    const trace = beginPublish(tracing, traceparent, now);
    try {
      return await work(lease, trace);
    } finally {
      trace?.end();
      lease.release();
      metrics.took(monotonic() - began);
    }
  }

  /** Resolves when it is durable (P1). */
  async one(principal: Principal, read: ReadEvent, { hop = 0, trace }: PublishOrigin): Promise<Accepted> {
    const { acceptor, table, metrics, now } = this.#deps;
    const event = read(now());
    const tenant = tenantOf(principal, table, event.tenant);
    const accepted = await acceptor.accept(tenant, event.input, { hop, traceparent: trace?.traceparent });
    metrics.accepted(tenant.contract, accepted.status);
    trace?.accepted();
    return accepted;
  }

  /**
   * One item per event, in order. P1: of a batch that the log took nothing of nothing is answered; it throws what the log
   * said.
   */
  async batch(
    principal: Principal,
    reads: readonly ReadEvent[],
    from: PublishOrigin,
  ): Promise<readonly BatchItem[]> {
    if (reads.length === 0 || reads.length > MAX_BATCH) {
      const detail = `a batch has 1 to ${MAX_BATCH} events, this one has ${reads.length > MAX_BATCH ? 'more' : 'none'}`;
      const errors = [{ pointer: '', code: 'batch_size', detail }];
      throw new Refused('validation_failed', detail, { errors });
    }
    const running: Promise<BatchItem>[] = [];
    let turnEnds = this.#deps.monotonic() + TURN_MS;
    for (const read of reads) {
      running.push(this.#item(principal, read, from));
      if (this.#deps.monotonic() < turnEnds) continue;
      await nextTurn();
      turnEnds = this.#deps.monotonic() + TURN_MS;
    }
    const items = await Promise.all(running);
    throwIfNothingAccepted(items);
    return items;
  }

  /** Never rejects: one bad event does not keep its neighbours out. */
  async #item(principal: Principal, read: ReadEvent, from: PublishOrigin): Promise<BatchItem> {
    try {
      return { ok: true, accepted: await this.one(principal, read, from) };
    } catch (error) {
      return { ok: false, error };
    }
  }
}

function throwIfNothingAccepted(items: readonly BatchItem[]): void {
  const failed = items.flatMap((item) => (item.ok ? [] : [item.error]));
  const ours = failed.find((error) => problemOf(error).problem.status >= 500);
  if (failed.length === items.length && ours !== undefined) throw ours;
}
