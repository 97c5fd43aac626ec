/** Lets so many through in each second, and counts the others. Time is an argument. */
export class LinePace {
  readonly #perSecond: number;
  #second = -1;
  #taken = 0;
  #omitted = 0;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  /** `at`: epoch ms. How many were kept back since the last that went through; undefined: this one is too. */
  take(at: number): number | undefined {
    const second = Math.floor(at / 1_000);
    if (second !== this.#second) {
      this.#second = second;
      this.#taken = 0;
    }
    if (this.#taken >= this.#perSecond) {
      this.#omitted += 1;
      return undefined;
    }
    this.#taken += 1;
    const omitted = this.#omitted;
    this.#omitted = 0;
    return omitted;
  }
}
