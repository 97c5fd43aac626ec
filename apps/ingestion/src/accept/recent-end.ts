const KEPT_MS = 1_000;

/**
 * How far a topic reaches, as of a second ago at most: however many want to know, and whether it tells or not, the log is asked once a
 * second. Who asks has waited for longer than that, so what was there when the wait began is in it.
 */
export class RecentEnd {
  readonly #ask: () => Promise<number>;
  readonly #monotonic: () => number;
  #askedAt = -Infinity;
  #end: Promise<number> = Promise.resolve(0);

  constructor(ask: () => Promise<number>, monotonic: () => number) {
    this.#ask = ask;
    this.#monotonic = monotonic;
  }

  /** Rejects where the log does not tell. */
  get(): Promise<number> {
    const now = this.#monotonic();
    if (now - this.#askedAt >= KEPT_MS) {
      this.#askedAt = now;
      this.#end = this.#ask();
      // Whoever waits for it hears of it.
      this.#end.catch(() => {});
    }
    return this.#end;
  }
}
