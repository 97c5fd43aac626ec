import { fingerprint } from './fingerprint.ts';
import { FingerprintIndex, NONE } from './fingerprint-index.ts';
import { RecentMember } from './recent-member.ts';

const FIRST_CAPACITY = 256;
/** The number, and when it came. */
const SHAPE = { floats: 2, ints: 0 };

/**
 * A number for each text, first come first forgotten: by age, and by the count of its budget. Time is milliseconds of any
 * clock that never falls.
 *
 * Holds fingerprints instead of texts, in pages of numbers instead of an object for each: 40 bytes an entry, where a Map takes
 * 300 and more. Of half a million entries that is what lets a process stay small (decision 0022). Entries stand in a ring,
 * in order of arrival.
 */
export class RecentNumbers extends RecentMember {
  readonly #sought = new Uint32Array(4);
  #index = new FingerprintIndex(FIRST_CAPACITY, SHAPE);
  #oldest = 0;

  /** Places that memory is there for. */
  get places(): number {
    return this.#index.pages.places;
  }

  override get oldestAt(): number {
    return this.size === 0 ? Infinity : this.#timeOf(this.#oldest);
  }

  /** Undefined for what is past its time. */
  get(text: string, now: number): number | undefined {
    const place = this.#find(text);
    if (place === NONE || this.isPast(this.#timeOf(place), now)) return undefined;
    const { pages } = this.#index;
    return pages.of(place).floats[pages.within(place) * 2];
  }

  /** Of what is known already nothing changes, unless it is past its time. Time counts from the first. */
  add(text: string, value: number, now: number): void {
    if (this.isClosed) return;
    this.dropPast(now);
    if (this.#find(text) !== NONE) return;
    if (this.size === this.#index.capacity) this.#resize(this.size * 2);
    const place = (this.#oldest + this.size) & (this.#index.capacity - 1);
    this.#index.enter(place, this.#sought);
    this.#write(place, value, now);
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
    this.#index = new FingerprintIndex(1, SHAPE);
  }

  #find(text: string): number {
    fingerprint(text, this.#sought);
    return this.#index.find(this.#sought);
  }

  #timeOf(place: number): number {
    const { pages } = this.#index;
    return pages.of(place).floats[pages.within(place) * 2 + 1] as number;
  }

  #write(place: number, value: number, at: number): void {
    const { pages } = this.#index;
    const { floats } = pages.of(place);
    const first = pages.within(place) * 2;
    floats[first] = value;
    floats[first + 1] = at;
  }

  /** Laid out from the beginning of a ring with `capacity` places. */
  #resize(capacity: number): void {
    const before = this.#index;
    const first = this.#oldest;
    this.#index = new FingerprintIndex(capacity, SHAPE);
    this.#oldest = 0;
    for (let to = 0; to < this.size; to += 1) {
      const from = (first + to) & (before.capacity - 1);
      this.#index.adopt(to, before, from);
      const { floats } = before.pages.of(from);
      const at = before.pages.within(from) * 2;
      this.#write(to, floats[at] as number, floats[at + 1] as number);
    }
  }
}
