import { renderEvent, type Contract, type EventInput } from '#contracts';
import type { TenantState } from '#domain';
import { Refused, retryAfter } from '#http-edge';
import { encodeEvent, partitionOf } from '#log';
import type { AcceptedLine } from './accepted-lines.ts';
import type { EventAppender } from './event-appender.ts';
import type { Novelty, RecentEvents } from './recent-events.ts';
import type { TenantQuotas } from './tenant-quotas.ts';

export interface Accepted {
  readonly id: string;
  readonly status: Novelty;
}

/** What led to an event; absent: nothing that anybody told. */
export interface EventOrigin {
  /** How many deliveries led to it, one through the other. */
  readonly hop?: number;
  /** Of the publishing, for all that the event leads to. */
  readonly traceparent?: string | undefined;
}

/** What accepting needs of its process; time and randomness come in. */
export interface AcceptorDeps {
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly partitions: number;
  readonly quotas: TenantQuotas;
  /** Offset of the next control fact that the own table will apply. */
  readonly controlPosition: () => number;
  /** Epoch ms. */
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
  /** Undefined: nobody reads a line of each event. */
  readonly tell: ((line: AcceptedLine) => void) | undefined;
}

const RANDOM_BYTES = 32;
const noRandom = new Uint8Array(0);

/** The use case behind every way in: contract → render → append. */
export class EventAcceptor {
  readonly #deps: AcceptorDeps;
  readonly #appender: EventAppender;
  readonly #recent: RecentEvents;

  constructor(deps: AcceptorDeps, appender: EventAppender, recent: RecentEvents) {
    this.#deps = deps;
    this.#appender = appender;
    this.#recent = recent;
  }

  /**
   * Resolves when the event is durable (P1). Rejects with {@link Refused} (`not_entitled`, `quota_exceeded`,
   * `payload_too_large`), PublishRejected (does not fit the contract), or LogError. Everything up to the append happens in
   * the caller's turn, so that the events of one request travel in one batch.
   */
  async accept(tenant: TenantState, input: EventInput, origin: EventOrigin = {}): Promise<Accepted> {
    requireEntitled(tenant);
    this.#deps.quotas.take(tenant);
    return this.#accept(tenant, input, origin);
  }

  /**
   * As `accept`, for ways in that can be slowed down: a tenant over its quota waits for its turn instead of being
   * refused, and rejects with an AbortError once `signal` aborts.
   */
  async acceptInTurn(
    tenant: TenantState,
    input: EventInput,
    signal: AbortSignal,
    origin: EventOrigin = {},
  ): Promise<Accepted> {
    requireEntitled(tenant);
    const turn = this.#deps.quotas.turn(tenant, signal);
    if (turn !== undefined) await turn;
    return this.#accept(tenant, input, origin);
  }

  async #accept(
    tenant: TenantState,
    input: EventInput,
    { hop = 0, traceparent }: EventOrigin,
  ): Promise<Accepted> {
    this.#deps.quotas.checkPayload(tenant, input.data);
    const now = this.#deps.now();
    const rendered = renderEvent(this.#contractOf(tenant), tenant, input, {
      now,
      random: input.id === null ? this.#deps.random(RANDOM_BYTES) : noRandom,
    });
    const { eventId } = rendered;
    const record = {
      topic: 'events' as const,
      // R1: of the tenant, and always explicit.
      partition: partitionOf(tenant.id, this.#deps.partitions),
      ...encodeEvent({
        ...rendered,
        tenantId: tenant.id,
        contract: tenant.contract,
        acceptedAt: now,
        // R20: fan-out waits for the table that this event was accepted with.
        controlPosition: this.#deps.controlPosition(),
        ...(hop === 0 ? undefined : { hop }),
        ...(traceparent === undefined ? undefined : { traceparent }),
      }),
    };
    const append = () => this.#appender.append(record);
    // An id made just now is nobody's copy, and need not push others out of what is remembered.
    let status: Novelty = 'accepted';
    if (input.id === null) await append();
    else status = await this.#recent.once(tenant.id, eventId, append);
    this.#deps.tell?.({
      tenant: tenant.id,
      event: eventId,
      type: input.type,
      status,
      partition: record.partition,
      traceparent,
    });
    return { id: eventId, status };
  }

  #contractOf(tenant: TenantState): Contract {
    const contract = this.#deps.contracts.get(tenant.contract);
    if (contract !== undefined) return contract;
    const detail = `the contract "${tenant.contract}" is not installed here; ask the operator`;
    throw new Refused('unavailable', detail, { headers: retryAfter(60) });
  }
}

/** Throws {@link Refused} with 403 not_entitled (HL-1). */
export function requireEntitled(tenant: TenantState): void {
  if (tenant.entitled) return;
  throw new Refused(
    'not_entitled',
    'the plan of this tenant does not include webhooks; nothing was accepted',
  );
}
