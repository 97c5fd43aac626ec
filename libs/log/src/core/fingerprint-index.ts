import type { Fingerprint } from './fingerprint.ts';
import { Pages, WORDS, type PlaceShape } from './pages.ts';

export const NONE = -1;

/**
 * Where what belongs to a fingerprint is kept: its place, a number below the capacity, in the pages beside it.
 * By open addressing with linear probing, at most half full; a slot is freed by moving up what follows it in its run, so
 * that no search ends too early. The capacity, a power of two, never changes: a fuller one is made, and adopts all.
 */
export class FingerprintIndex {
  readonly capacity: number;
  readonly pages: Pages;
  /** Place, or NONE. */
  readonly #slots: Int32Array;

  /** `shape`: what is kept of each beside its fingerprint. */
  constructor(capacity: number, shape: PlaceShape) {
    this.capacity = capacity;
    this.pages = new Pages(capacity, shape);
    this.#slots = new Int32Array(capacity * 2).fill(NONE);
  }

  /** Its place, or NONE. */
  find(sought: Fingerprint): number {
    const mask = this.#slots.length - 1;
    const { pages } = this;
    const a = sought[0] as number;
    const b = sought[1] as number;
    const c = sought[2] as number;
    const d = sought[3] as number;
    for (let slot = a & mask; ; slot = (slot + 1) & mask) {
      const place = this.#slots[slot] as number;
      if (place === NONE) return NONE;
      const { words } = pages.of(place);
      const at = pages.within(place) * WORDS;
      if (words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d) return place;
    }
  }

  /** A fingerprint that is not there yet, at a place that nobody has. */
  enter(place: number, fingerprint: Fingerprint): void {
    this.pages.hold(place).words.set(fingerprint, this.pages.within(place) * WORDS);
    this.#link(place);
  }

  /** What `other` has at `from`. */
  adopt(place: number, other: FingerprintIndex, from: number): void {
    const at = other.pages.within(from) * WORDS;
    this.enter(place, other.pages.of(from).words.subarray(at, at + WORDS));
  }

  free(place: number): void {
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
    this.pages.release(place);
  }

  #link(place: number): void {
    const mask = this.#slots.length - 1;
    let slot = this.#home(place, mask);
    while (this.#slots[slot] !== NONE) slot = (slot + 1) & mask;
    this.#slots[slot] = place;
  }

  #home(place: number, mask: number): number {
    return (this.pages.of(place).words[this.pages.within(place) * WORDS] as number) & mask;
  }
}
