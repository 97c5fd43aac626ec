import { fingerprint } from './fingerprint.ts';
import type { Recent, RecentBudget } from './recent-map.ts';

const FIRST_CAPACITY = 256;
const WORDS = 4;
const NONE = -1;

/**
 * A number for each text, first come first forgotten: by age, and by the count of its budget. Time is milliseconds of any
 * clock that never falls.
 *
 * Holds fingerprints instead of texts, in a few arrays instead of an object for each: 40 bytes an entry, where a Map takes
 * 300 and more. Of half a million entries that is what lets a process stay small (decision 0022).
 *
 * 1. Entries stand in a ring, in order of arrival; `#slots` finds one by its first word, by open addressing with linear
 *    probing, at most half full.
 * 2. A slot is freed by moving up what follows it in its run, so that no search ends too early.
 */
export class RecentNumbers implements Recent {
  readonly #budget: RecentBudget;
  readonly #sought = new Uint32Array(WORDS);
  #words = new Uint32Array(FIRST_CAPACITY * WORDS);
  #values = new Float64Array(FIRST_CAPACITY);
  #times = new Float64Array(FIRST_CAPACITY);
  /** Place in the ring, or NONE. */
  #slots = new Int32Array(FIRST_CAPACITY * 2).fill(NONE);
  #oldest = 0;
  #size = 0;

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
    fingerprint(text, this.#sought);
    const place = this.#find();
    if (place === NONE || (this.#times[place] as number) <= now - this.#budget.keepMs) return undefined;
    return this.#values[place];
  }

  /** Of what is known already nothing changes, unless it is past its time. Time counts from the first. */
  add(text: string, value: number, now: number): void {
    this.#forgetOlderThan(now - this.#budget.keepMs);
    fingerprint(text, this.#sought);
    if (this.#find() !== NONE) return;
    if (this.#size === this.#times.length) this.#grow();
    const place = (this.#oldest + this.#size) & (this.#times.length - 1);
    this.#words.set(this.#sought, place * WORDS);
    this.#values[place] = value;
    this.#times[place] = now;
    this.#size += 1;
    this.#enter(place);
    this.#budget.counted(1);
    if (this.#budget.used > this.#budget.max) this.#budget.makeRoom();
  }

  dropOldest(): void {
    if (this.#size === 0) return;
    this.#free(this.#oldest);
    this.#oldest = (this.#oldest + 1) & (this.#times.length - 1);
    this.#size -= 1;
    this.#budget.counted(-1);
  }

  /** Gives everything back; may not be used afterwards. */
  close(): void {
    this.#budget.counted(-this.#size);
    this.#size = 0;
    this.#slots = new Int32Array(0);
    this.#words = new Uint32Array(0);
    this.#budget.leave(this);
  }

  #forgetOlderThan(limit: number): void {
    while (this.#size > 0 && (this.#times[this.#oldest] as number) <= limit) this.dropOldest();
  }

  #find(): number {
    const mask = this.#slots.length - 1;
    const words = this.#words;
    const sought = this.#sought;
    const a = sought[0] as number;
    const b = sought[1] as number;
    const c = sought[2] as number;
    const d = sought[3] as number;
    for (let slot = a & mask; ; slot = (slot + 1) & mask) {
      const place = this.#slots[slot] as number;
      if (place === NONE) return NONE;
      const at = place * WORDS;
      if (words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d) return place;
    }
  }

  #enter(place: number): void {
    const mask = this.#slots.length - 1;
    let slot = this.#home(place, mask);
    while (this.#slots[slot] !== NONE) slot = (slot + 1) & mask;
    this.#slots[slot] = place;
  }

  /** Invariant 2. */
  #free(place: number): void {
    const mask = this.#slots.length - 1;
    let hole = this.#home(place, mask);
    while (this.#slots[hole] !== place) hole = (hole + 1) & mask;
    for (let slot = (hole + 1) & mask; this.#slots[slot] !== NONE; slot = (slot + 1) & mask) {
      const other = this.#slots[slot] as number;
      const home = this.#home(other, mask);
      // It may move up to the hole unless its own home lies behind the hole.
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
      this.#slots[hole] = other;
      hole = slot;
    }
    this.#slots[hole] = NONE;
  }

  #home(place: number, mask: number): number {
    return (this.#words[place * WORDS] as number) & mask;
  }

  #grow(): void {
    const size = this.#size;
    this.#words = unrolled(this.#words, this.#oldest * WORDS, new Uint32Array(size * 2 * WORDS));
    this.#values = unrolled(this.#values, this.#oldest, new Float64Array(size * 2));
    this.#times = unrolled(this.#times, this.#oldest, new Float64Array(size * 2));
    this.#oldest = 0;
    this.#slots = new Int32Array(size * 4).fill(NONE);
    for (let place = 0; place < size; place += 1) this.#enter(place);
  }
}

/** A full ring that begins at `start`, laid out from the beginning of `into`. */
function unrolled<T extends Uint32Array | Float64Array>(ring: T, start: number, into: T): T {
  into.set(ring.subarray(start), 0);
  into.set(ring.subarray(0, start), ring.length - start);
  return into;
}
