/** A timer that comes late may be made up for: of a second, so many ms of starts may come on top. */
const SLACK_MS = 20;

interface Pace {
  /** When the attempt last begun was due to begin, monotonic ms; a late timer does not move it. */
  readonly at: number;
  readonly intervalMs: number;
}

/**
 * When each endpoint with a rate may have its next attempt.
 *
 * 1. Attempts are spaced evenly: of n a second, one each 1000/n ms. So no second holds more than n, 2 % and one.
 * 2. What was not used is not saved up: an endpoint that was idle begins at its rate, not with a burst.
 * 3. It outlives the lane: an endpoint that is idle between two attempts must not forget when the first was. What lies
 *    further back than its interval is forgotten by `sweep`.
 */
export class StartPaces {
  readonly #paces = new Map<string, Pace>();

  get size(): number {
    return this.#paces.size;
  }

  /** Monotonic ms from which on the next attempt may begin; `perSecond` of now counts, so a new rate is in force at once. */
  mayStartAt(endpointId: string, perSecond: number): number {
    const pace = this.#paces.get(endpointId);
    return pace === undefined ? Number.NEGATIVE_INFINITY : pace.at + 1_000 / perSecond;
  }

  /** An attempt begins at `now`. */
  started(endpointId: string, perSecond: number, now: number): void {
    const isKnown = this.#paces.has(endpointId);
    const at = isKnown ? Math.max(this.mayStartAt(endpointId, perSecond), now - SLACK_MS) : now;
    this.#paces.set(endpointId, { at, intervalMs: 1_000 / perSecond });
  }

  sweep(now: number): void {
    for (const [endpointId, { at, intervalMs }] of this.#paces) {
      if (at + intervalMs + SLACK_MS < now) this.#paces.delete(endpointId);
    }
  }
}
