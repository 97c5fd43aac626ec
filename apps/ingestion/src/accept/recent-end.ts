const KEPT_MS = 1_000;

/** How far a topic reaches, as of a second ago at most: however many want to know, the log is asked once a second. */
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
      this.#end.catch(() => (this.#askedAt = -Infinity));
    }
    return this.#end;
  }
}
