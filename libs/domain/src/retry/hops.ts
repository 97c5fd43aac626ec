import { tiers, type TierName } from './tiers.ts';

/** A delay as tiers to pass through one after the other, and what is left to wait in memory (under 1 s). */
export interface Hops {
  readonly tiers: readonly TierName[];
  readonly remainderMs: number;
}

const longestFirst = tiers.toReversed();

/**
 * Longest tier first (R15). A delay of n × 2 h gives n hops, so callers bound the delay
 * (the longest asked for is {@link MAX_DELAY_MS}).
 */
export function hopsFor(delayMs: number): Hops {
  const hops: TierName[] = [];
  let remainderMs = Math.min(Math.max(0, delayMs), MAX_DELAY_MS);
  for (const tier of longestFirst) {
    while (remainderMs >= tier.delayMs) {
      hops.push(tier.name);
      remainderMs -= tier.delayMs;
    }
  }
  return { tiers: hops, remainderMs };
}

/** No record waits longer than a day: what a hostile or mistaken delay could otherwise park until the log forgets it. */
export const MAX_DELAY_MS = 24 * 3_600_000;
