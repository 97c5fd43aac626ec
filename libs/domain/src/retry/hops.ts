import { tiers, type TierName } from './tiers.ts';

/** A delay as tiers to pass through one after the other, and what is left to wait in memory (under 1 s). */
export interface Hops {
  readonly tiers: readonly TierName[];
  readonly remainderMs: number;
}

/** No record waits longer than a day: what a hostile or mistaken delay could otherwise park until the log forgets it. */
export const MAX_DELAY_MS = 24 * 3_600_000;

const longestFirst = tiers.toReversed();

/** Brings any number into 0 to {@link MAX_DELAY_MS}; what is no number waits not at all. */
export function boundedDelay(delayMs: number): number {
  return Number.isNaN(delayMs) ? 0 : Math.min(Math.max(0, delayMs), MAX_DELAY_MS);
}

/** Longest tier first (R15), over the bounded delay: 12 hops at most, a remainder under 1 s. */
export function hopsFor(delayMs: number): Hops {
  const hops: TierName[] = [];
  let remainderMs = boundedDelay(delayMs);
  for (const tier of longestFirst) {
    while (remainderMs >= tier.delayMs) {
      hops.push(tier.name);
      remainderMs -= tier.delayMs;
    }
  }
  return { tiers: hops, remainderMs };
}
