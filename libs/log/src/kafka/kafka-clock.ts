/**
 * The brokers' clock, by our monotonic one (R15). Every answer to an append tells what it was at some moment between
 * request and answer; the estimate is moved only as far as that forces it to, so it is right to within a round trip
 * and does not jump about. Until the first answer it is the clock of this machine.
 */
export class KafkaClock {
  readonly #monotonic: () => number;
  #skew: number;

  constructor(wall = Date.now(), monotonic: () => number = () => performance.now()) {
    this.#monotonic = monotonic;
    this.#skew = wall - monotonic();
  }

  /** Epoch ms, a whole number. */
  now(): number {
    return Math.floor(this.#monotonic() + this.#skew);
  }

  /** Monotonic ms, for {@link saw}. */
  mark(): number {
    return this.#monotonic();
  }

  /** An append asked at `mark` was answered just now, and stamped `appendedAt`. */
  saw(mark: number, appendedAt: number): void {
    const atLeast = appendedAt - this.#monotonic();
    // The stamp is whole milliseconds, rounded down.
    const atMost = appendedAt + 1 - mark;
    this.#skew = Math.min(Math.max(this.#skew, atLeast), Math.max(atLeast, atMost));
  }
}
