import type { DeliveryPolicy } from '../retry/delivery-policy.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const common = {
  success: [[200, 299]],
  timeoutMs: 10 * SECOND,
  maxAgeMs: null,
  retryAfterUpToMs: null,
  goneDisables: false,
  exhaustionDisables: false,
} as const;

const patient = [16 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 2 * HOUR, 2 * HOUR];

/**
 * The five policies of DESIGN §8, written out by hand: the domain may not import the contracts, and a copy that does not
 * come from the data files is what a wrong data file would be found by.
 */
export const policies = {
  hyperspell: { ...common, delaysMs: [4 * SECOND, 16 * SECOND, MINUTE, MINUTE], maxAgeMs: 280 * SECOND },
  hypertune: { ...common, delaysMs: patient },
  hyperleap: { ...common, delaysMs: [SECOND, 4 * SECOND, 16 * SECOND] },
  hyprwatch: {
    ...common,
    timeoutMs: 30 * SECOND,
    delaysMs: [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR],
    exhaustionDisables: true,
  },
  standardWebhooks: {
    ...common,
    timeoutMs: 15 * SECOND,
    delaysMs: patient,
    retryAfterUpToMs: 2 * HOUR,
    goneDisables: true,
  },
} as const satisfies Record<string, DeliveryPolicy>;

export type PolicyName = keyof typeof policies;
export const policyNames = Object.keys(policies) as readonly PolicyName[];
