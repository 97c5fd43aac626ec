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

interface Kept<V> {
  value: V;
  at: number;
}

/** A map that forgets: by age, and by the count of its budget. Time is milliseconds of any clock that never falls. */
export class RecentMap<V> implements Recent {
  readonly #budget: RecentBudget;
  /** In order of when they were made or touched. */
  readonly #kept = new Map<string, Kept<V>>();

  constructor(budget: RecentBudget) {
    this.#budget = budget;
    budget.join(this);
  }

  get size(): number {
    return this.#kept.size;
  }

  get oldestAt(): number {
    for (const kept of this.#kept.values()) return kept.at;
    return Infinity;
  }

  /** Undefined for what is past its time, even if nothing has removed it yet: the same answer at any load. */
  get(key: string, now: number): V | undefined {
    const kept = this.#kept.get(key);
    return kept !== undefined && kept.at > now - this.#budget.keepMs ? kept.value : undefined;
  }

  /** Adds or replaces, and counts from `now` on. */
  set(key: string, value: V, now: number): void {
    const kept = this.#kept.get(key);
    if (kept !== undefined) {
      this.#kept.delete(key);
      kept.value = value;
      kept.at = now;
      this.#kept.set(key, kept);
      return;
    }
    this.#forgetOlderThan(now - this.#budget.keepMs);
    this.#kept.set(key, { value, at: now });
    this.#budget.counted(1);
    if (this.#budget.used > this.#budget.max) this.#budget.makeRoom();
  }

  delete(key: string): void {
    if (this.#kept.has(key)) this.#drop(key);
  }

  dropOldest(): void {
    for (const key of this.#kept.keys()) {
      this.#drop(key);
      return;
    }
  }

  /** Gives everything back; the map may not be used afterwards. */
  close(): void {
    this.#budget.counted(-this.#kept.size);
    this.#kept.clear();
    this.#budget.leave(this);
  }

  #forgetOlderThan(limit: number): void {
    for (const [key, kept] of this.#kept) {
      if (kept.at > limit) return;
      this.#drop(key);
    }
  }

  #drop(key: string): void {
    this.#kept.delete(key);
    this.#budget.counted(-1);
  }
}
