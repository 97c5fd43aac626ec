import { LogError } from '../port/log-error.ts';

const ASK_AGAIN_MS = 500;

/**
 * Asks a log that may be away until it answers: while it is, nothing of a claim could be done anyway, and an owner that
 * gave up would end its process over an outage. Undefined: `isWanted` said no meanwhile. Terminal errors are thrown.
 */
export async function onceThere<T>(
  ask: () => Promise<T>,
  isWanted: () => boolean,
  onAway: (error: LogError) => void = () => {},
): Promise<T | undefined> {
  while (isWanted()) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof LogError) || !error.retryable) throw error;
      onAway(error);
    }
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
  return undefined;
}
