import { setTimeout as delay } from 'node:timers/promises';
import { toLogError } from './to-log-error.ts';

/** How long a read waits for a leader or coordinator to be there again before the caller hears of it. */
const PATIENCE_MS = 20_000;

/** Tries again while the log is away. Rejects with the last {@link LogError}, or once `signal` aborts. */
export async function patiently<T>(
  attempt: () => Promise<T>,
  signal: AbortSignal,
  forMs = PATIENCE_MS,
): Promise<T> {
  const deadline = performance.now() + forMs;
  for (let tries = 0; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      const refused = toLogError(error);
      if (!refused.retryable || signal.aborted || performance.now() > deadline) throw refused;
    }
    await backoff(tries, signal);
  }
}

/** 50 ms, doubling to 2 s. Resolves early when `signal` aborts. */
export async function backoff(tries: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(Math.min(2_000, 50 * 2 ** Math.min(tries, 10)), undefined, { signal });
  } catch {
    // Aborted: the caller looks for itself.
  }
}
