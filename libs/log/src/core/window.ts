import { sizeOf, type LogRecord } from '../port/record.ts';
import type { WindowBudget } from './window-budget.ts';

export interface WindowCaps {
  readonly records: number;
  readonly bytes: number;
}

const DONE = -1;
/** What a window may hold whatever the others of its process do. */
const OWN_RECORDS = 64;
const OWN_BYTES = 256 * 1_024;
/** Slots at the front that are given back at once: seldom enough to cost nothing. */
const COMPACT_AT = 1_024;

/**
 * Records in flight of one partition of one topic: taken, not yet done.
 *
 * 1. Offsets are taken in rising order; one below `seen` is recognised and refused, so fetching again (after a seek, a
 *    resume, a rebalance that kept the partition: R11) is harmless.
 * 2. `lowWatermark` never passes an offset that was taken and is not done (P2, R10).
 * 3. Forgetting a tail lowers `seen`: those offsets count as never taken, until they come again (R16).
 * 4. Caps ask for a pause; they never refuse a record, so one larger than the cap passes through an empty window (R19).
 * 5. Where the process as a whole holds too much, a window with more than its share counts as full too (R16).
 *
 * A window lives as long as the claim it was made under (R11).
 */
export class Window {
  readonly #caps: WindowCaps;
  #budget: WindowBudget | undefined;
  /** Parallel, sorted by offset; `#head` is the first that is not done. */
  readonly #offsets: number[] = [];
  readonly #sizes: number[] = [];
  #head = 0;
  #seen: number;
  /** Everything below it is done. */
  #floor: number;
  #count = 0;
  #bytes = 0;

  /** `start`: the first offset that may be taken. `budget`: of all windows of the process. */
  constructor(caps: WindowCaps, start: number, budget?: WindowBudget) {
    this.#caps = caps;
    this.#budget = budget;
    this.#seen = start;
    this.#floor = start;
  }

  /** False: taken before (or committed before), drop it. */
  take(record: LogRecord): boolean {
    if (record.offset < this.#seen) return false;
    const size = sizeOf(record);
    this.#offsets.push(record.offset);
    this.#sizes.push(size);
    this.#seen = record.offset + 1;
    this.#count += 1;
    this.#bytes += size;
    this.#budget?.count(1, size);
    return true;
  }

  /** False: not in flight (done before, or forgotten). */
  done(offset: number): boolean {
    const at = this.#find(offset);
    if (at === undefined) return false;
    this.#release(at);
    while (this.#sizes[this.#head] === DONE) {
      this.#floor = (this.#offsets[this.#head] ?? 0) + 1;
      this.#head += 1;
    }
    if (this.#head >= COMPACT_AT && this.#head * 2 >= this.#offsets.length) this.#compact();
    return true;
  }

  /** What may be committed: the first offset not done. */
  get lowWatermark(): number {
    return this.#offsets[this.#head] ?? this.#seen;
  }

  /** The offset after the last one taken: where fetching goes on. */
  get seen(): number {
    return this.#seen;
  }

  get count(): number {
    return this.#count;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get isFull(): boolean {
    if (this.#count >= this.#caps.records || this.#bytes >= this.#caps.bytes) return true;
    return this.#budget?.isFull === true && this.#hasItsShare;
  }

  /** Others wait behind what is in flight (R17). */
  get isOverHalfFull(): boolean {
    if (this.#count * 2 > this.#caps.records || this.#bytes * 2 > this.#caps.bytes) return true;
    return this.#budget?.isOverHalfFull === true && this.#hasItsShare;
  }

  /** Gives back what is in flight to the budget: whoever owned it is gone. */
  close(): void {
    this.#budget?.count(-this.#count, -this.#bytes);
    this.#budget = undefined;
  }

  get #hasItsShare(): boolean {
    return this.#count >= OWN_RECORDS || this.#bytes >= OWN_BYTES;
  }

  holds(offset: number): boolean {
    return this.#find(offset) !== undefined;
  }

  /**
   * Drops everything from `offset` on, done or not; it has to be fetched again by a seek to {@link seen}. Only for a
   * tail of which nothing was started: a record that comes again is a new one.
   */
  forget(offset: number): void {
    if (offset >= this.#seen) return;
    while (this.#offsets.length > this.#head && (this.#offsets.at(-1) ?? -1) >= offset) {
      if (this.#sizes.at(-1) !== DONE) this.#release(this.#offsets.length - 1);
      this.#offsets.pop();
      this.#sizes.pop();
    }
    // Below the head everything is done and may be committed already: it must not come again.
    this.#seen = Math.max(offset, this.#floor);
  }

  #release(at: number): void {
    const size = this.#sizes[at] ?? 0;
    this.#bytes -= size;
    this.#count -= 1;
    this.#budget?.count(-1, -size);
    this.#sizes[at] = DONE;
  }

  /** Index of an offset in flight. The head is what completes most often. */
  #find(offset: number): number | undefined {
    let low = this.#head;
    let high = this.#offsets.length - 1;
    if (this.#offsets[low] === offset) return low;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.#offsets[middle] ?? 0;
      if (found === offset) return this.#sizes[middle] === DONE ? undefined : middle;
      if (found < offset) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }

  #compact(): void {
    this.#offsets.splice(0, this.#head);
    this.#sizes.splice(0, this.#head);
    this.#head = 0;
  }
}
