import { RecentBudget, RecentNumbers } from '#log';

export type Novelty = 'accepted' | 'duplicate';

/**
 * Which event ids this process has seen become durable: the publisher's side of P10. The dispatcher's done-set keeps
 * the promise across processes; this one spares the log the copy, and tells the publisher.
 *
 * 1. An id is remembered only after its event is durable; 10 minutes, or until 500,000 newer ones came.
 * 2. While an append is under way, the same id waits for it and shares its fate: both are durable, or neither was accepted.
 */
export class RecentEvents {
  /** By fingerprint; the number says nothing. */
  readonly #recent: RecentNumbers;
  readonly #flying = new Map<string, Promise<unknown>>();
  readonly #now: () => number;

  /** `now`: monotonic ms. */
  constructor(now: () => number, budget = new RecentBudget()) {
    this.#now = now;
    this.#recent = new RecentNumbers(budget);
  }

  /** Runs `append` unless the event is known; rejects with what `append` (or the one it waited for) rejected with. */
  async once(tenantId: string, eventId: string, append: () => Promise<unknown>): Promise<Novelty> {
    const key = `${tenantId}\0${eventId}`;
    if (this.#recent.get(key, this.#now()) !== undefined) return 'duplicate';
    const flying = this.#flying.get(key);
    if (flying !== undefined) {
      await flying;
      return 'duplicate';
    }
    const appending = append();
    this.#flying.set(key, appending);
    try {
      await appending;
      this.#recent.add(key, 1, this.#now());
      return 'accepted';
    } finally {
      this.#flying.delete(key);
    }
  }
}
