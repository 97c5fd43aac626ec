import { setTimeout as delay } from 'node:timers/promises';
import { costBetween, costByRole } from '../machine/process-cost.ts';
import type { Target } from '../targets/target.ts';

const LOOK_MS = 1_000;
/** CPU seconds of a second: what an engine without work takes at most, stores included. */
const IDLE = 0.2;

/** Resolves once nothing of the target works any more; after two minutes at the latest. */
export async function quiet(target: Target): Promise<void> {
  for (let look = 0; look < 120; look += 1) {
    const before = await costByRole();
    await delay(LOOK_MS);
    const used = [...costBetween(before, await costByRole())].filter(([role]) => target.owns(role));
    if (used.reduce((sum, [, { cpuSeconds }]) => sum + cpuSeconds, 0) < IDLE) return;
  }
}
