import { setTimeout as delay } from 'node:timers/promises';

export interface PersistOptions {
  /** Ends the trying: the promise rejects with its reason. */
  readonly signal: AbortSignal;
  /** True: this error will never pass; it is thrown at once. */
  readonly isTerminal?: (error: unknown) => boolean;
  readonly onFailure: (error: unknown, waitMs: number) => void;
  readonly firstMs?: number;
  readonly maxMs?: number;
}

/** Tries until it works, twice as patient each time (100 ms to 5 s): what is behind it may be down for hours. */
export async function persist<T>(attempt: () => Promise<T>, options: PersistOptions): Promise<T> {
  const { signal, isTerminal = () => false, onFailure, firstMs = 100, maxMs = 5_000 } = options;
  for (let waitMs = firstMs; ; waitMs = Math.min(2 * waitMs, maxMs)) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      if (isTerminal(error)) throw error;
      onFailure(error, waitMs);
    }
    // Rejects with an AbortError of its own: the loop's head throws the reason instead.
    await delay(waitMs, undefined, { signal }).catch(() => {});
  }
}
