import { fingerprint } from './fingerprint.ts';
import { FingerprintIndex, NONE } from './fingerprint-index.ts';
import { RecentMember } from './recent-member.ts';

const FIRST_CAPACITY = 256;

/**
 * A number for each text, first come first forgotten: by age, and by the count of its budget. Time is milliseconds of any
 * clock that never falls.
 *
 * Holds fingerprints instead of texts, in a few arrays instead of an object for each: 40 bytes an entry, where a Map takes
 * 300 and more. Of half a million entries that is what lets a process stay small (decision 0022). Entries stand in a ring,
 * in order of arrival.
 */
export class RecentNumbers extends RecentMember {
  readonly #sought = new Uint32Array(4);
  #index = new FingerprintIndex(FIRST_CAPACITY);
  #values = new Float64Array(FIRST_CAPACITY);
  #times = new Float64Array(FIRST_CAPACITY);
  #oldest = 0;

  override get oldestAt(): number {
    return this.size === 0 ? Infinity : (this.#times[this.#oldest] as number);
  }

  /** Undefined for what is past its time. */
  get(text: string, now: number): number | undefined {
    const place = this.#find(text);
    if (place === NONE || this.isPast(this.#times[place] as number, now)) return undefined;
    return this.#values[place];
  }

  /** Of what is known already nothing changes, unless it is past its time. Time counts from the first. */
  add(text: string, value: number, now: number): void {
    if (this.isClosed) return;
    this.dropPast(now);
    if (this.#find(text) !== NONE) return;
    if (this.size === this.#index.capacity) this.#grow();
    const place = (this.#oldest + this.size) & (this.#index.capacity - 1);
    this.#index.enter(place, this.#sought);
    this.#values[place] = value;
    this.#times[place] = now;
    this.added();
  }

  override dropOldest(): void {
    if (this.size === 0) return;
    this.#index.free(this.#oldest);
    this.#oldest = (this.#oldest + 1) & (this.#index.capacity - 1);
    this.dropped();
  }

  override close(): void {
    super.close();
    this.#index = new FingerprintIndex(1);
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
