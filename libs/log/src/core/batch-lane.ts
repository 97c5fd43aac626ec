import type { Appended, NewRecord } from '../port/record.ts';

/** One append that waits for its answer. */
export interface Entry {
  readonly lane: Lane;
  readonly record: NewRecord;
  readonly size: number;
  /** Monotonic ms. */
  readonly since: number;
  readonly resolve: (answer: Appended) => void;
  readonly reject: (error: unknown) => void;
  settled?: boolean;
}

/** Appends to one partition of one topic, oldest first: queued, then in flight, then settled. */
export class Lane {
  /** It goes its own way until its partition answers again (R14). */
  aside = false;
  readonly #queue: Entry[] = [];
  #head = 0;
  readonly #flying = new Set<Entry>();

  get length(): number {
    return this.#queue.length - this.#head;
  }

  /** Monotonic ms at which the oldest append without an answer was asked for. */
  get oldest(): number {
    for (const entry of this.#flying) return entry.since;
    return this.#queue[this.#head]?.since ?? Infinity;
  }

  push(entry: Entry): void {
    this.#queue.push(entry);
  }

  /** Moves up to `bytes`, at least one entry, to the end of `batch`; returns their bytes. */
  cut(bytes: number, batch: Entry[]): number {
    let taken = 0;
    for (;;) {
      const entry = this.#queue[this.#head];
      if (entry === undefined || (taken > 0 && taken + entry.size > bytes)) break;
      this.#head += 1;
      taken += entry.size;
      this.#flying.add(entry);
      batch.push(entry);
    }
    if (this.#head === this.#queue.length || this.#head > 4_096) {
      this.#queue.splice(0, this.#head);
      this.#head = 0;
    }
    return taken;
  }

  /** Entries that were cut, but must wait for those aside: before everything queued. */
  putBack(entries: readonly Entry[]): void {
    for (const entry of entries) this.#flying.delete(entry);
    this.#queue.splice(this.#head, 0, ...entries);
  }

  /** False: answered before (stopped while in flight). */
  settled(entry: Entry): boolean {
    if (entry.settled === true) return false;
    entry.settled = true;
    this.#flying.delete(entry);
    return true;
  }

  /** Everything still queued. */
  takeAll(): Entry[] {
    const left = this.#queue.slice(this.#head);
    this.#queue.length = 0;
    this.#head = 0;
    return left;
  }
}
