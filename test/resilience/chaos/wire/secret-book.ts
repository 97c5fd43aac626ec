/** A change that is answered may be unknown for so long to who was paused, and then to who asks a broker that is away. */
const SPREADS_WITHIN_MS = 60_000;

export interface FoundSecret {
  readonly isValid: boolean;
  readonly staleMs: number;
}

interface Entry {
  readonly secret: string;
  readonly from: number;
  /** Infinity: its answer never came, so it may be in force or not. */
  confirmedAt: number;
}

/** The secrets that customers were given, and when: of each endpoint, or of a tenant where the contract signs with that. */
export class SecretBook {
  readonly #entries = new Map<string, Entry[]>();

  /** Before the request that sets it. `of`: `/<tenant>/<name>`, or a tenant. Returns how to confirm it, on its answer. */
  setting(of: string, secret: string, at = Date.now()): (confirmedAt?: number) => void {
    const entry: Entry = { secret, from: at, confirmedAt: Infinity };
    const entries = this.#entries.get(of) ?? [];
    this.#entries.set(of, entries);
    entries.push(entry);
    return (confirmedAt = Date.now()) => {
      entry.confirmedAt = confirmedAt;
    };
  }

  /**
   * The first secret that `verifies` says yes to, newest first; undefined: none. `isValid`: it is the current one, the one
   * before it, or one that may be in force. `staleMs`: how long ago its successor was confirmed; 0: it has none.
   */
  find(of: string, at: number, verifies: (secret: string) => boolean): FoundSecret | undefined {
    let replaced = 0;
    let staleMs = 0;
    for (const { secret, from, confirmedAt } of (this.#entries.get(of) ?? []).toReversed()) {
      if (from > at) continue;
      if (verifies(secret)) return { isValid: replaced < 2, staleMs };
      if (confirmedAt + SPREADS_WITHIN_MS < at) replaced += 1;
      staleMs = confirmedAt < at ? at - confirmedAt : staleMs;
    }
    return undefined;
  }
}
