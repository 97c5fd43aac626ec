/** At least so far apart under load: a transaction costs much the same with one row or a hundred (decision 0020). */
const FULL_MS = 250;
/** For each record of the one before: a dozen of them make a load. */
const MS_PER_RECORD = 20;

/**
 * How long the next transaction waits for more records. The more the one before held, the longer: a lone record after a
 * quiet time is written at once, a steady stream four times a second.
 */
export class WritePace {
  readonly #now: () => number;
  #nextAt = -Infinity;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  began(records: number): void {
    this.#nextAt = this.#now() + Math.min(FULL_MS, MS_PER_RECORD * records);
  }

  /** 0: now. */
  dueInMs(): number {
    return Math.max(0, this.#nextAt - this.#now());
  }
}
