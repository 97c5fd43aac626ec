import { sizeOf, type LogRecord } from '../port/record.ts';

/** Of what may be kept, the part for what is not due soon: it only spares a fetch, and costs memory for hours. */
const FAR_SHARE = 1 / 8;

/**
 * What a whole process keeps waiting in memory, over all its tier clocks (R16). Most of it is for what is due soon: a hundred
 * thousand records that wait for hours must neither make those late that wait for seconds, nor be seen in its size.
 */
export class WaitingBudget {
  readonly maxRecords: number;
  readonly maxBytes: number;
  records = 0;
  bytes = 0;

  constructor(maxRecords: number, maxBytes: number) {
    this.maxRecords = maxRecords;
    this.maxBytes = maxBytes;
  }

  get isFull(): boolean {
    return this.records >= this.maxRecords || this.bytes >= this.maxBytes;
  }

  /** No more room for what is not due soon. */
  get isFullOfFar(): boolean {
    return this.records >= this.maxRecords * FAR_SHARE || this.bytes >= this.maxBytes * FAR_SHARE;
  }
}

/** What every clock may keep whatever the others do, so that a full process still sees each clock's head. */
const OWN_RECORDS = 16;
const OWN_BYTES = 256 * 1_024;
/** What wakes within this time is due soon. */
const SOON_MS = 20_000;
/** Fetching starts this much before the dropped tail is due. */
const AHEAD_MS = 2_000;

/**
 * The records that wait in one partition of one tier, by the log's own clock. Pure: no timers, time is an argument.
 *
 * 1. A record wakes at append time + the tier's delay, never before (R15). Append times never fall, so the heads stand
 *    in the order of their wake times, and only the first has to be watched.
 * 2. What is kept is a run without holes: once a record was dropped, all behind it are, until they are fetched again.
 * 3. The caller lowers `seen` for what `push` refused ({@link Window.forget}) and seeks when `refetchFrom` says so.
 */
export class TierClock {
  readonly #delayMs: number;
  readonly #budget: WaitingBudget;
  readonly #heads: { readonly record: LogRecord; readonly size: number }[] = [];
  #first = 0;
  #bytes = 0;
  /** First record of the tail that was dropped. */
  #dropped: { readonly offset: number; readonly wakeAt: number; readonly keptThen: number } | undefined;

  /** `delayMs`: the tier's, scaled. */
  constructor(delayMs: number, budget: WaitingBudget) {
    this.#delayMs = delayMs;
    this.#budget = budget;
  }

  /** False: beyond the cap; the record, and all behind it, will have to be fetched again. */
  push(record: LogRecord, now: number): boolean {
    const wakeAt = record.appendedAt + this.#delayMs;
    if (this.#dropped !== undefined) return false;
    if (!this.#hasRoomFor(wakeAt, now)) {
      this.#dropped = { offset: record.offset, wakeAt, keptThen: this.length };
      return false;
    }
    const size = sizeOf(record);
    this.#heads.push({ record, size });
    this.#count(1, size);
    return true;
  }

  /** Takes out those whose time has come, in order, `most` of them. */
  due(now: number, most = Infinity): LogRecord[] {
    const woken: LogRecord[] = [];
    while (woken.length < most) {
      const head = this.#heads[this.#first];
      if (head === undefined || head.record.appendedAt + this.#delayMs > now) break;
      woken.push(head.record);
      this.#count(-1, -head.size);
      this.#first += 1;
    }
    if (this.#first * 2 >= this.#heads.length) {
      this.#heads.splice(0, this.#first);
      this.#first = 0;
    }
    return woken;
  }

  /** Epoch ms at which to look again (a head is due, or a tail to fetch); undefined: nothing waits. */
  nextDueAt(): number | undefined {
    const head = this.#heads[this.#first];
    // Without room the tail has to wait for a head to go, whatever the time.
    const soon = this.#dropped === undefined ? Infinity : this.#dropped.wakeAt - AHEAD_MS;
    const tail = this.#dropped === undefined || !this.#hasRoomFor(soon, soon) ? Infinity : soon;
    const next = Math.min(head === undefined ? Infinity : head.record.appendedAt + this.#delayMs, tail);
    return next === Infinity ? undefined : next;
  }

  /**
   * The offset to seek to, once it is time: two seconds before the dropped tail is due, or as soon as half of what was
   * kept is gone and the process has room. Told once; what is fetched comes in by {@link push}.
   */
  refetchFrom(now: number): number | undefined {
    const dropped = this.#dropped;
    if (dropped === undefined) return undefined;
    const roomy = this.length * 2 <= dropped.keptThen && !this.#isTaken(dropped.wakeAt, now);
    // Held back until there is room for one: or the tail would only be dropped again.
    const soon = now >= dropped.wakeAt - AHEAD_MS && this.#hasRoomFor(dropped.wakeAt, now);
    if (!roomy && !soon) return undefined;
    this.#dropped = undefined;
    return dropped.offset;
  }

  /** Epoch ms at which the head is, or was, due; undefined: none waits in memory. */
  get headDueAt(): number | undefined {
    const head = this.#heads[this.#first];
    return head === undefined ? undefined : head.record.appendedAt + this.#delayMs;
  }

  get length(): number {
    return this.#heads.length - this.#first;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get hasDropped(): boolean {
    return this.#dropped !== undefined;
  }

  /** The partition was lost: forgets everything and gives its share of the budget back. */
  clear(): void {
    this.#count(-this.length, -this.#bytes);
    this.#heads.length = 0;
    this.#first = 0;
    this.#dropped = undefined;
  }

  #hasRoomFor(wakeAt: number, now: number): boolean {
    return !this.#isTaken(wakeAt, now) || (this.length < OWN_RECORDS && this.#bytes < OWN_BYTES);
  }

  #isTaken(wakeAt: number, now: number): boolean {
    return wakeAt - now <= SOON_MS ? this.#budget.isFull : this.#budget.isFullOfFar;
  }

  #count(records: number, bytes: number): void {
    this.#bytes += bytes;
    this.#budget.records += records;
    this.#budget.bytes += bytes;
  }
}
