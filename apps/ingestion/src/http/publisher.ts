import type { IncomingHttpHeaders } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import { scanJson, type JsonNode } from '#contracts';
import type { ControlTable } from '#control';
import { readJsonBody, Refused, tenantOf, type Principal, type ProblemAnswer } from '#http-edge';
import type { ByteBudget } from '../accept/byte-budget.ts';
import { requireEntitled, type Accepted, type EventAcceptor } from '../accept/event-acceptor.ts';
import { publishedEvent } from '../accept/published-event.ts';
import type { IngestionMetrics } from '../ingestion-metrics.ts';
import { batchAnswer, type BatchItem, type PublishAnswer } from './batch-answer.ts';

export const MAX_BATCH = 1_000;

/** Rendering a full batch takes long enough to be felt by other requests; every so often they get a turn. */
const TURN_MS = 8;

export interface PublisherDeps {
  readonly acceptor: EventAcceptor;
  readonly table: ControlTable;
  readonly budget: ByteBudget;
  readonly metrics: IngestionMetrics;
  readonly maxBodyBytes: number;
  /** Epoch ms, and monotonic ms. */
  readonly now: () => number;
  readonly monotonic: () => number;
  /** The answer to the error of one item; counts it. */
  readonly refuse: (error: unknown) => ProblemAnswer;
}

/** `POST /api/v1/events`, without the framework: from an authenticated request to its answer. */
export class Publisher {
  readonly #deps: PublisherDeps;

  constructor(deps: PublisherDeps) {
    this.#deps = deps;
  }

  /** Throws what `problemOf` knows; the order of checks is: entitlement, size, JSON, fields, contract, log. */
  async publish(principal: Principal, headers: IncomingHttpHeaders, body: Readable): Promise<PublishAnswer> {
    const { budget, table, metrics, maxBodyBytes, monotonic } = this.#deps;
    if (principal.tenantId !== null) requireEntitled(tenantOf(principal, table, undefined, null));
    const lease = budget.lease();
    const began = monotonic();
    try {
      const bytes = await readJsonBody(body, headers, maxBodyBytes, lease.take);
      const node = scanJson(bytes);
      if (node.kind === 'array') {
        return batchAnswer(await this.#batch(principal, node), this.#deps.refuse);
      }
      return { status: 202, body: await this.#one(principal, node), headers: {} };
    } finally {
      lease.release();
      metrics.took(monotonic() - began);
    }
  }

  async #one(principal: Principal, node: JsonNode): Promise<Accepted> {
    const { acceptor, table, metrics, now } = this.#deps;
    const event = publishedEvent(node, now());
    const tenant = tenantOf(principal, table, event.tenant);
    const accepted = await acceptor.accept(tenant, event.input);
    metrics.accepted(tenant.contract, accepted.status);
    return accepted;
  }

  async #batch(principal: Principal, node: JsonNode): Promise<readonly BatchItem[]> {
    // One more than allowed is enough to know; 16 MiB of `1,1,1` must not become 8 million nodes.
    const items = node.items(MAX_BATCH + 1);
    if (items.length === 0 || items.length > MAX_BATCH) {
      const detail = `a batch has 1 to ${MAX_BATCH} events, this one has ${items.length > MAX_BATCH ? 'more' : 'none'}`;
      const errors = [{ pointer: '', code: 'batch_size', detail }];
      throw new Refused('validation_failed', detail, { errors });
    }
    const running: Promise<BatchItem>[] = [];
    let turnEnds = this.#deps.monotonic() + TURN_MS;
    for (const item of items) {
      running.push(this.#item(principal, item));
      if (this.#deps.monotonic() < turnEnds) continue;
      await nextTurn();
      turnEnds = this.#deps.monotonic() + TURN_MS;
    }
    return Promise.all(running);
  }

  /** Never rejects: one bad event does not keep its neighbours out. */
  async #item(principal: Principal, node: JsonNode): Promise<BatchItem> {
    try {
      return { ok: true, accepted: await this.#one(principal, node) };
    } catch (error) {
      return { ok: false, error };
    }
  }
}
