import { fingerprint } from './fingerprint.ts';
import { FingerprintIndex, NONE } from './fingerprint-index.ts';
import type { Recent, RecentBudget } from './recent-budget.ts';

const FIRST_CAPACITY = 256;

/**
 * A number for each text, first come first forgotten: by age, and by the count of its budget. Time is milliseconds of any
 * clock that never falls.
 *
 * Holds fingerprints instead of texts, in a few arrays instead of an object for each: 40 bytes an entry, where a Map takes
 * 300 and more. Of half a million entries that is what lets a process stay small (decision 0022). Entries stand in a ring,
 * in order of arrival.
 */
export class RecentNumbers implements Recent {
  readonly #budget: RecentBudget;
  readonly #sought = new Uint32Array(4);
  #index = new FingerprintIndex(FIRST_CAPACITY);
  #values = new Float64Array(FIRST_CAPACITY);
  #times = new Float64Array(FIRST_CAPACITY);
  #oldest = 0;
  #size = 0;
  #closed = false;

  constructor(budget: RecentBudget) {
    this.#budget = budget;
    budget.join(this);
  }

  get size(): number {
    return this.#size;
  }

  get oldestAt(): number {
    return this.#size === 0 ? Infinity : (this.#times[this.#oldest] as number);
  }

  /** Undefined for what is past its time, even if nothing has removed it yet: the same answer at any load. */
  get(text: string, now: number): number | undefined {
    const place = this.#find(text);
    if (place === NONE || (this.#times[place] as number) <= now - this.#budget.keepMs) return undefined;
    return this.#values[place];
  }

  /** Of what is known already nothing changes, unless it is past its time. Time counts from the first. */
  add(text: string, value: number, now: number): void {
    if (this.#closed) return;
    this.#forgetOlderThan(now - this.#budget.keepMs);
    if (this.#find(text) !== NONE) return;
    if (this.#size === this.#index.capacity) this.#grow();
    const place = (this.#oldest + this.#size) & (this.#index.capacity - 1);
    this.#index.enter(place, this.#sought);
    this.#values[place] = value;
    this.#times[place] = now;
    this.#size += 1;
    this.#budget.counted(1);
    if (this.#budget.used > this.#budget.max) this.#budget.makeRoom();
  }

  dropOldest(): void {
    if (this.#size === 0) return;
    this.#index.free(this.#oldest);
    this.#oldest = (this.#oldest + 1) & (this.#index.capacity - 1);
    this.#size -= 1;
    this.#budget.counted(-1);
  }

  /** Gives everything back. Whoever comes late finds nothing, and nothing is kept for it. */
  close(): void {
    this.#closed = true;
    this.#budget.counted(-this.#size);
    this.#size = 0;
    this.#index = new FingerprintIndex(1);
    this.#budget.leave(this);
  }

  #forgetOlderThan(limit: number): void {
    while (this.#size > 0 && (this.#times[this.#oldest] as number) <= limit) this.dropOldest();
  }

  #find(text: string): number {
    fingerprint(text, this.#sought);
    return this.#index.find(this.#sought);
  }

  #grow(): void {
    const { capacity } = this.#index;
    const index = new FingerprintIndex(capacity * 2);
    for (let place = 0; place < capacity; place += 1) {
      index.adopt(place, this.#index, (this.#oldest + place) & (capacity - 1));
    }
    this.#index = index;
    this.#values = unrolled(this.#values, this.#oldest);
    this.#times = unrolled(this.#times, this.#oldest);
    this.#oldest = 0;
  }
}

/** A full ring that begins at `start`, laid out from the beginning of one twice as large. */
function unrolled(ring: Float64Array, start: number): Float64Array<ArrayBuffer> {
  const into = new Float64Array(ring.length * 2);
  into.set(ring.subarray(start), 0);
  into.set(ring.subarray(0, start), ring.length - start);
  return into;
}
