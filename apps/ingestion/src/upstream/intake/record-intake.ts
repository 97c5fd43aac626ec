import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Contract, EventInput } from '#contracts';
import type { TenantState } from '#domain';
import { Refused } from '#http-edge';
import { encodeQuarantined, topics, type Batcher } from '#log';
import type { Logger } from '#platform';
import type { Accepted, EventOrigin } from '../../accept/event-acceptor.ts';
import type { UpstreamSource } from '../mapping/upstream-source.ts';
import { readUpstreamEvent } from '../reading/read-upstream-event.ts';
import { quoted, Unfit } from '../reading/unfit.ts';
import { upstreamEventId } from '../reading/upstream-event-id.ts';
import type { UpstreamRecord } from '../reading/upstream-record.ts';
import type { UpstreamMetrics } from '../upstream-metrics.ts';
import { Abandoned, backoff } from './patience.ts';
import { refusalOf } from './refusal.ts';
import type { TenantFinder } from './tenant-finder.ts';

/** The use case that all ways in share; a topic's records wait where a request would be refused for its quota. */
export interface Acceptor {
  acceptInTurn(
    tenant: TenantState,
    input: EventInput,
    signal: AbortSignal,
    origin: EventOrigin,
  ): Promise<Accepted>;
}

export interface IntakeDeps {
  readonly acceptor: Acceptor;
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly tenants: TenantFinder;
  /** Of `quarantine`. */
  readonly quarantine: Pick<Batcher, 'append'>;
  readonly metrics: UpstreamMetrics;
  readonly logger: Logger;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Reading and rendering takes long enough to be felt by requests of publishers; every so often they get a turn. */
const TURN_MS = 8;

const ownTopics = new Set<string>(topics.map((topic) => topic.name));

/**
 * Makes facts of records.
 *
 * 1. `take` resolves only when each record is durable as an event or in `quarantine`, or says nothing (P2, P9).
 * 2. While the log is away, each is tried again until `signal` aborts; none is dropped (P1).
 * 3. A record read again gives the same event id (P10).
 * 4. A tenant over its quota is slowed down, not refused: its records wait, and those behind them in the partition too.
 */
export class RecordIntake {
  readonly #deps: IntakeDeps;

  constructor(deps: IntakeDeps) {
    this.#deps = deps;
  }

  /** Rejects with Abandoned once `signal` aborts, or with what ends the process. Records of one call go out together. */
  async take(source: UpstreamSource, records: readonly UpstreamRecord[], signal: AbortSignal): Promise<void> {
    const running: Promise<void>[] = [];
    let turnEnds = performance.now() + TURN_MS;
    for (const record of records) {
      const settling = this.#settle(source, record, signal);
      // Told by Promise.all below, unless this loop is left before.
      settling.catch(() => {});
      running.push(settling);
      if (performance.now() < turnEnds) continue;
      await nextTurn();
      turnEnds = performance.now() + TURN_MS;
    }
    await Promise.all(running);
  }

  async #settle(source: UpstreamSource, record: UpstreamRecord, signal: AbortSignal): Promise<void> {
    const { metrics } = this.#deps;
    for (let tries = 0; ; tries += 1) {
      try {
        return metrics.settled(source.topic, await this.#accept(source, record, signal));
      } catch (error) {
        if (signal.aborted) throw new Abandoned('stopped while waiting', { cause: error });
        const refusal = refusalOf(error);
        if (refusal.verdict === 'fatal') throw error;
        if (refusal.verdict === 'quarantine') {
          if (!refusal.isForeseen) this.#logUnforeseen(record, error);
          await this.#quarantine(record, refusal.reason);
          return metrics.settled(source.topic, 'quarantined');
        }
        metrics.alert(source.topic, 'log_refused');
        await backoff(tries, signal);
      }
    }
  }

  async #accept(source: UpstreamSource, record: UpstreamRecord, signal: AbortSignal) {
    const { acceptor, contracts, tenants, metrics, now } = this.#deps;
    const event = readUpstreamEvent(source, record, now());
    if (event === undefined) return 'tombstone';
    const { tenantId, type, occurredAt, data, traceparent } = event;
    const tenant = tenants.known(tenantId) ?? (await tenants.find(tenantId));
    if (tenant === undefined)
      throw new Unfit(`no tenant ${quoted(tenantId)}; create it, or mend what the mapping reads`);
    const contract = contracts.get(tenant.contract);
    if (contract === undefined)
      throw new Refused('unavailable', `the contract "${tenant.contract}" is not installed here`);
    const id = upstreamEventId(contract, source, record, event);
    const input = { id, type, occurredAt, data };
    const { status } = await acceptor.acceptInTurn(tenant, input, signal, { traceparent });
    metrics.accepted(tenant.contract, status);
    return status;
  }

  async #quarantine({ topic, partition, message }: UpstreamRecord, reason: string): Promise<void> {
    const offset = Number(message.offset);
    const encoded = encodeQuarantined({
      topic: quarantineName(topic),
      partition,
      offset,
      reason,
      at: this.#deps.now(),
    });
    await this.#deps.quarantine.append({ topic: 'quarantine', partition: 0, ...encoded });
    this.#deps.logger.warn({ topic, partition, offset, reason }, 'upstream.record_quarantined');
  }

  #logUnforeseen({ topic, partition, message }: UpstreamRecord, error: unknown): void {
    const { offset } = message;
    this.#deps.logger.error({ err: error, topic, partition, offset }, 'upstream.record_failed');
  }
}

/** A topic's name as it is, unless the engine has a topic that goes by the same one in `quarantine`. */
function quarantineName(topic: string): string {
  return ownTopics.has(topic) ? `kafka:${topic}` : topic;
}
