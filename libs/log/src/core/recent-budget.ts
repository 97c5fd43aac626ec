/** R5: a metric says which of the two limits is the shorter one. */
export interface RecentMetrics {
  readonly used: number;
  readonly evictedByCount: number;
  readonly keptMs: number;
  readonly limitedBy: 'age' | 'count';
}

/** What shares a budget: its oldest entry goes first. */
export interface Recent {
  readonly size: number;
  /** Infinity: there is none. */
  readonly oldestAt: number;
  dropOldest(): void;
}

/**
 * What a whole process remembers, over all its partitions: at most `max` entries, each at most `keepMs` (R5).
 * Maps that share a budget give up their oldest entries first, whichever of them grows.
 */
export class RecentBudget {
  readonly max: number;
  readonly keepMs: number;
  readonly #maps = new Set<Recent>();
  #used = 0;
  #evictedByCount = 0;

  constructor(max = 500_000, keepMs = 600_000) {
    this.max = max;
    this.keepMs = keepMs;
  }

  get used(): number {
    return this.#used;
  }

  /** Entries that had to go before their time. */
  get evictedByCount(): number {
    return this.#evictedByCount;
  }

  /** What bounds memory now: time, or the number of entries. `keptMs`: the age of the oldest entry. */
  metrics(now: number): RecentMetrics {
    let oldestAt = now;
    for (const map of this.#maps) oldestAt = Math.min(oldestAt, map.oldestAt);
    const keptMs = now - oldestAt;
    const isFull = this.#evictedByCount > 0 && keptMs < this.keepMs && this.#used > this.max * 0.9;
    return {
      used: this.#used,
      evictedByCount: this.#evictedByCount,
      keptMs,
      limitedBy: isFull ? 'count' : 'age',
    };
  }

  join(map: Recent): void {
    this.#maps.add(map);
  }

  leave(map: Recent): void {
    this.#maps.delete(map);
  }

  counted(change: number): void {
    this.#used += change;
  }

  /** In runs, so that finding the oldest map is paid for once per run. */
  makeRoom(): void {
    while (this.#used > this.max) {
      let oldest: Recent | undefined;
      for (const map of this.#maps) {
        if (map.size > 0 && (oldest === undefined || map.oldestAt < oldest.oldestAt)) oldest = map;
      }
      if (oldest === undefined) return;
      const run = Math.min(EVICTION_RUN, oldest.size, this.#used - this.max + Math.floor(this.max / 100));
      for (let i = 0; i < Math.max(1, run); i += 1) oldest.dropOldest();
      this.#evictedByCount += Math.max(1, run);
    }
  }
}

const EVICTION_RUN = 256;
