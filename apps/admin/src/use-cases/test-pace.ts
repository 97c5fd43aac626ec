import { Refused, retryAfter } from '#http-edge';

const WINDOW_MS = 60_000;
const MAX_TESTS = 10;

/** A test button held down must not become a load generator against somebody's host, or a probe of our network. */
export class TestPace {
  readonly #recent = new Map<string, number[]>();

  /** Counts one test now; throws 429 when there were 10 within the last minute in this process. */
  take(endpointId: string, now: number): void {
    const recent = (this.#recent.get(endpointId) ?? []).filter((at) => at > now - WINDOW_MS);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= MAX_TESTS) {
      throw new Refused('too_many_requests', `at most ${MAX_TESTS} tests a minute for one webhook`, {
        headers: retryAfter((oldest + WINDOW_MS - now) / 1_000),
      });
    }
    this.#forgetOld(now);
    this.#recent.set(endpointId, [...recent, now]);
  }

  #forgetOld(now: number): void {
    for (const [id, times] of this.#recent) {
      if ((times.at(-1) ?? 0) <= now - WINDOW_MS) this.#recent.delete(id);
    }
  }
}
