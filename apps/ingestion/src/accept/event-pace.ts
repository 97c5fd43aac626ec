/** A tenant that was silent may send so much of its rate at once: a second's worth. */
const BURST_MS = 1_000;
/** Sums of fractions of a millisecond are off by less. */
const ROUNDING_MS = 0.001;
const SWEEP_ABOVE = 10_000;

/**
 * Events a second of each tenant, in this process: a bucket that holds one second's worth and fills at the rate. So no
 * stretch of t seconds sees more than (t + 1) times the rate.
 */
export class EventPace {
  /** Monotonic ms at which the bucket is full again. */
  readonly #fullAt = new Map<string, number>();

  get size(): number {
    return this.#fullAt.size;
  }

  /** 0: one event was counted. Else it was not, and ms until one can be. `now`: monotonic ms. */
  take(tenantId: string, perSecond: number, now: number): number {
    const fullAt = Math.max(this.#fullAt.get(tenantId) ?? now, now) + 1_000 / perSecond;
    const waitMs = fullAt - now - BURST_MS;
    if (waitMs > ROUNDING_MS) return waitMs;
    this.#fullAt.set(tenantId, fullAt);
    if (this.#fullAt.size > SWEEP_ABOVE) this.#sweep(now);
    return 0;
  }

  /** A full bucket says nothing. */
  #sweep(now: number): void {
    for (const [tenantId, fullAt] of this.#fullAt) if (fullAt <= now) this.#fullAt.delete(tenantId);
  }
}
