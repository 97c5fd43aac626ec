import { MIN_DEFERRAL_MS, tiers } from '#domain';

/** The shortest tier that waits at least `ms`: a deferral is one hop, back at the speed it can be sent (R18). */
export function tierAtLeast(ms: number): number {
  for (const tier of tiers) if (tier.delayMs >= ms) return tier.delayMs;
  return tiers.at(-1)?.delayMs ?? ms;
}

/** The longest tier that waits at most `ms`. */
export function tierAtMost(ms: number): number {
  return tiers.findLast((tier) => tier.delayMs <= ms)?.delayMs ?? MIN_DEFERRAL_MS;
}
