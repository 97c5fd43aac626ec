const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * The fixed delays with a retry topic of their own, shortest first: exactly those that Hyperleap (1, 4, 16 s) and
 * Hyprwatch (1, 5, 30 min, 2 h) document. Any other delay is a list of hops (hops.ts).
 */
export const tiers = [
  { name: '1s', delayMs: SECOND },
  { name: '4s', delayMs: 4 * SECOND },
  { name: '16s', delayMs: 16 * SECOND },
  { name: '1m', delayMs: MINUTE },
  { name: '5m', delayMs: 5 * MINUTE },
  { name: '30m', delayMs: 30 * MINUTE },
  { name: '2h', delayMs: 2 * HOUR },
] as const;

export type Tier = (typeof tiers)[number];
export type TierName = Tier['name'];

export const tierNames: readonly TierName[] = tiers.map((tier) => tier.name);

const delays = new Map<string, number>(tiers.map((tier) => [tier.name, tier.delayMs]));

/** Milliseconds that a record waits in `name`, before the installation's time scale is applied. */
export function tierDelayMs(name: TierName): number {
  return delays.get(name) ?? 0;
}

export function isTierName(text: string): text is TierName {
  return delays.has(text);
}
