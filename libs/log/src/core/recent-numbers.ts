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

  /** Places that memory is there for. */
  get capacity(): number {
    return this.#index.capacity;
  }

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
    if (this.size === this.#index.capacity) this.#resize(this.size * 2);
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
    const smaller = this.smaller(this.#index.capacity);
    if (smaller !== undefined) this.#resize(smaller);
  }

  override close(): void {
    super.close();
    this.#index = new FingerprintIndex(1);
  }

  #find(text: string): number {
    fingerprint(text, this.#sought);
    return this.#index.find(this.#sought);
  }

  /** Laid out from the beginning of a ring with `capacity` places. */
  #resize(capacity: number): void {
    const index = new FingerprintIndex(capacity);
    const [values, times] = [new Float64Array(capacity), new Float64Array(capacity)];
    const mask = this.#index.capacity - 1;
    for (let to = 0; to < this.size; to += 1) {
      const from = (this.#oldest + to) & mask;
      index.adopt(to, this.#index, from);
      values[to] = this.#values[from] as number;
      times[to] = this.#times[from] as number;
    }
    this.#index = index;
    this.#values = values;
    this.#times = times;
    this.#oldest = 0;
  }
}
