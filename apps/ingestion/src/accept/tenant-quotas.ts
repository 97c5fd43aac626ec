import { setTimeout as delay } from 'node:timers/promises';
import type { JsonNode } from '#contracts';
import type { TenantLimits, TenantState } from '#domain';
import { Refused, retryAfter } from '#http-edge';
import { EventPace } from './event-pace.ts';

/** Of the `data` that is not there. */
const EMPTY_BYTES = 2;

/**
 * What each tenant may publish: its own limits, else the installation's.
 *
 * 1. An event counts when it is asked for, whatever becomes of it: a flood of bad ones costs as much.
 * 2. `turn` hands out turns of one tenant in the order of asking, and only the first of them looks at the clock; requests
 *    and topics of the same tenant share one pace.
 */
export class TenantQuotas {
  readonly #defaults: TenantLimits;
  readonly #now: () => number;
  readonly #pace = new EventPace();
  readonly #last = new Map<string, Promise<void>>();

  /** `now`: monotonic ms. */
  constructor(defaults: TenantLimits, now: () => number) {
    this.#defaults = defaults;
    this.#now = now;
  }

  /** Counts one event. Throws {@link Refused} 429 quota_exceeded, with when to come back. */
  take(tenant: TenantState): void {
    const rate = this.#rateOf(tenant);
    if (rate === null) return;
    const waitMs = this.#pace.take(tenant.id, rate, this.#now());
    if (waitMs === 0) return;
    const detail = `tenant ${tenant.id} may publish ${rate} events a second here; nothing was accepted, send it again later`;
    throw new Refused('quota_exceeded', detail, { headers: retryAfter(waitMs / 1_000) });
  }

  /** Counts one event once there is room for it; undefined: there is. Rejects when `signal` aborts. */
  turn(tenant: TenantState, signal: AbortSignal): Promise<void> | undefined {
    const rate = this.#rateOf(tenant);
    if (rate === null) return undefined;
    const before = this.#last.get(tenant.id);
    if (before === undefined && this.#pace.take(tenant.id, rate, this.#now()) === 0) return undefined;
    const turn = this.#after(before, tenant.id, rate, signal);
    this.#last.set(tenant.id, turn);
    const forget = () => {
      if (this.#last.get(tenant.id) === turn) this.#last.delete(tenant.id);
    };
    turn.then(forget, forget);
    return turn;
  }

  /** Throws {@link Refused} 413 payload_too_large. */
  checkPayload(tenant: TenantState, data: JsonNode | null): void {
    const max = tenant.limits.maxPayloadBytes ?? this.#defaults.maxPayloadBytes;
    if (max === null) return;
    const bytes = data?.compact().length ?? EMPTY_BYTES;
    if (bytes <= max) return;
    const detail = `has ${bytes} bytes, ${max} are the most for tenant ${tenant.id}; send a reference to the rest`;
    const errors = [{ pointer: '/data', code: 'payload_too_large', detail }];
    throw new Refused('payload_too_large', `/data: ${detail}`, { errors });
  }

  #rateOf({ limits }: TenantState): number | null {
    return limits.eventsPerSecond ?? this.#defaults.eventsPerSecond;
  }

  async #after(
    before: Promise<void> | undefined,
    tenantId: string,
    rate: number,
    signal: AbortSignal,
  ): Promise<void> {
    // One that was given up is out of the way.
    await before?.catch(() => {});
    for (;;) {
      signal.throwIfAborted();
      const waitMs = this.#pace.take(tenantId, rate, this.#now());
      if (waitMs === 0) return;
      await delay(Math.ceil(waitMs), undefined, { signal });
    }
  }
}
