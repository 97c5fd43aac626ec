/** A change that is answered may be unknown for so long to who is paused, or cut off from a broker that hangs. */
const SPREADS_WITHIN_MS = 20_000;

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

  /** The current secret, the one before it, and those that may be in force, newest first. */
  validAt(of: string, at: number): readonly string[] {
    const known = (this.#entries.get(of) ?? []).filter(({ from }) => from <= at).toReversed();
    const valid: string[] = [];
    let replaced = 0;
    for (const { secret, confirmedAt } of known) {
      valid.push(secret);
      if (confirmedAt + SPREADS_WITHIN_MS < at) replaced += 1;
      if (replaced === 2) break;
    }
    return valid;
  }
}
