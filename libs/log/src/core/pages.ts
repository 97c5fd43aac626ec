/** Of each place: its fingerprint, and as many other numbers as its owner asked for. */
export interface Page {
  readonly words: Uint32Array;
  readonly floats: Float64Array;
  readonly ints: Int32Array;
  /** Places of it that are in use. */
  held: number;
}

export interface PlaceShape {
  readonly floats: number;
  readonly ints: number;
}

export const WORDS = 4;
/** From 128 KiB on, which is 4,096 of the smallest places, memory comes from the system and goes back to it (0024). */
export const MOST_PLACES = 4_096;

/**
 * Memory for numbered places, a page of them at a time: it is there from the first place of a page that is held until the last
 * one is released, but for one page. So what is half full takes half, and what is given back is not copied for it.
 */
export class Pages {
  /** Places of a page, a power of two. */
  readonly size: number;
  readonly #shape: PlaceShape;
  readonly #bits: number;
  readonly #pages: (Page | undefined)[];
  #there = 0;
  /** The last one that emptied: a store that is empty now and then does not ask for memory each time. */
  #spare: Page | undefined;

  /** `places`: how many there may be, a power of two. */
  constructor(places: number, shape: PlaceShape) {
    this.size = Math.min(places, MOST_PLACES);
    this.#shape = shape;
    this.#bits = Math.log2(this.size);
    this.#pages = Array.from({ length: places / this.size }, () => undefined);
  }

  /** Places that memory is there for. */
  get places(): number {
    return this.#there * this.size;
  }

  /** Of a place that is held. */
  of(place: number): Page {
    return this.#pages[place >>> this.#bits] as Page;
  }

  /** Which of its page's places it is. */
  within(place: number): number {
    return place & (this.size - 1);
  }

  /** What the numbers of a place are at first is not told. */
  hold(place: number): Page {
    const at = place >>> this.#bits;
    const page = (this.#pages[at] ??= this.#another());
    page.held += 1;
    return page;
  }

  release(place: number): void {
    const page = this.of(place);
    page.held -= 1;
    if (page.held > 0) return;
    this.#pages[place >>> this.#bits] = undefined;
    this.#there -= 1;
    this.#spare = page;
  }

  #another(): Page {
    this.#there += 1;
    const page = this.#spare ?? this.#fresh();
    this.#spare = undefined;
    return page;
  }

  /** In one piece, however many numbers there are of each place. */
  #fresh(): Page {
    const floats = this.#shape.floats * this.size;
    const words = WORDS * this.size;
    const ints = this.#shape.ints * this.size;
    const memory = new ArrayBuffer(floats * 8 + (words + ints) * 4);
    return {
      floats: new Float64Array(memory, 0, floats),
      words: new Uint32Array(memory, floats * 8, words),
      ints: new Int32Array(memory, floats * 8 + words * 4, ints),
      held: 0,
    };
  }
}
