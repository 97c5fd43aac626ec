import { Refused, retryAfter } from '#http-edge';

const WINDOW_MS = 60_000;

/**
 * So many a minute, by what they are counted by, in this process: against a test button that is held down (a load generator
 * against somebody's host, or a probe of our network), and against a key that walks through all secrets.
 */
export class MinutePace {
  readonly #most: number;
  readonly #what: string;
  readonly #recent = new Map<string, number[]>();

  /** `what`: for people, like "tests a minute for one webhook". */
  constructor(most: number, what: string) {
    this.#most = most;
    this.#what = what;
  }

  /** Counts one now (ms); throws 429 when there were as many within the last minute. */
  take(id: string, now: number): void {
    const recent = (this.#recent.get(id) ?? []).filter((at) => at > now - WINDOW_MS);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= this.#most) {
      throw new Refused('too_many_requests', `at most ${this.#most} ${this.#what}`, {
        headers: retryAfter((oldest + WINDOW_MS - now) / 1_000),
      });
    }
    this.#forgetOld(now);
    this.#recent.set(id, [...recent, now]);
  }

  #forgetOld(now: number): void {
    for (const [id, times] of this.#recent) {
      if ((times.at(-1) ?? 0) <= now - WINDOW_MS) this.#recent.delete(id);
    }
  }
}
