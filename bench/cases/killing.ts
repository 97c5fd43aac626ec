import { setTimeout as delay } from 'node:timers/promises';
import type { Burst } from '../../test/support/burst.ts';

export const BURST = { events: 6_000, publishers: 4, perRequest: 8, pauseMs: 40 } as const;
/** Parts of the burst. */
const KILLS = [0.2, 0.45, 0.7] as const;

export interface Toll {
  readonly accepted: number;
  readonly lost: number;
  /** Sent though they had been sent, and the receiver had answered. */
  readonly twice: number;
  /** P4: attempts in flight at the kills. */
  readonly inFlight: number;
}

/** Three times in the burst, at any moment of it. */
export async function threeTimes(burst: Burst, kill: () => Promise<void>): Promise<void> {
  for (const share of KILLS) {
    await burst.reached(share);
    await delay(100 * Math.random());
    await kill();
  }
}
