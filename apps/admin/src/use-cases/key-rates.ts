const WINDOW_SECONDS = 60;

/** What a key has left; numbers as the `RateLimit` header gives them. */
export interface KeyRate {
  readonly remaining: number;
  /** Seconds until all of it is back. */
  readonly resetSeconds: number;
  /** Seconds until one request may be made; 0: this one may. */
  readonly waitSeconds: number;
}

interface Bucket {
  tokens: number;
  /** Monotonic ms. */
  at: number;
}

/**
 * How many requests a key may make: a bucket that holds one window's worth and fills evenly. In memory, for this process
 * alone: it is there against a client that runs wild, not to sell requests by number.
 */
export class KeyRates {
  readonly #perWindow: number;
  readonly #buckets = new Map<string, Bucket>();

  /** `perMinute` 0: no limit. */
  constructor(perMinute: number) {
    this.#perWindow = perMinute;
  }

  /** For `RateLimit-Policy`; undefined: there is no limit. */
  get policy(): { readonly quota: number; readonly windowSeconds: number } | undefined {
    return this.#perWindow === 0 ? undefined : { quota: this.#perWindow, windowSeconds: WINDOW_SECONDS };
  }

  /** Counts one request now; undefined: there is no limit. `now`: monotonic ms. */
  take(keyId: string, now: number): KeyRate | undefined {
    if (this.#perWindow === 0) return undefined;
    this.#forgetFull(now);
    const perMs = this.#perWindow / (WINDOW_SECONDS * 1_000);
    const bucket = this.#buckets.get(keyId) ?? { tokens: this.#perWindow, at: now };
    bucket.tokens = Math.min(this.#perWindow, bucket.tokens + (now - bucket.at) * perMs);
    bucket.at = now;
    this.#buckets.set(keyId, bucket);
    const missing = Math.max(0, 1 - bucket.tokens);
    if (missing === 0) bucket.tokens -= 1;
    const seconds = (tokens: number) => Math.ceil(tokens / perMs / 1_000);
    return {
      remaining: Math.floor(bucket.tokens),
      resetSeconds: seconds(this.#perWindow - bucket.tokens),
      waitSeconds: seconds(missing),
    };
  }

  /** A bucket that would be full by now says nothing. */
  #forgetFull(now: number): void {
    if (this.#buckets.size < MANY) return;
    for (const [keyId, { at }] of this.#buckets) {
      if (now - at >= WINDOW_SECONDS * 1_000) this.#buckets.delete(keyId);
    }
  }
}

/** As many keys as are looked through now and then without being felt. */
const MANY = 1_000;
