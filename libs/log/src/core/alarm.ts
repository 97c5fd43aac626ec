/** Longest sleep of one timer; Node's own limit is 24 days, and clocks are looked at again anyway. */
const LONGEST_MS = 3_600_000;

/**
 * One timer for the earliest of many due times. Rings at the time asked for or after it, never before: timers and the
 * log's clock disagree by fractions of a millisecond, so each waking asks the clock again (R15).
 */
export class Alarm {
  readonly #now: () => number;
  readonly #ring: () => void;
  #at = Infinity;
  #timer: NodeJS.Timeout | undefined;

  /** `now`: the log's clock. `ring` sets the alarm anew, to the earliest of what it then knows. */
  constructor(now: () => number, ring: () => void) {
    this.#now = now;
    this.#ring = ring;
  }

  /** Rings at `at` (epoch ms) or earlier, if it was set earlier; undefined asks for nothing. */
  noLaterThan(at: number | undefined): void {
    if (at === undefined || at >= this.#at) return;
    this.#at = at;
    this.#arm();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#at = Infinity;
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const ms = Math.min(LONGEST_MS, Math.max(0, Math.ceil(this.#at - this.#now())));
    this.#timer = setTimeout(() => this.#wake(), ms);
  }

  #wake(): void {
    this.#timer = undefined;
    if (this.#now() < this.#at) return this.#arm();
    this.#at = Infinity;
    this.#ring();
  }
}
