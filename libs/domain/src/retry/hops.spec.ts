import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hopsFor, MAX_DELAY_MS } from './hops.ts';
import { tierDelayMs, tiers } from './tiers.ts';

const total = (names: readonly Parameters<typeof tierDelayMs>[0][]) =>
  names.reduce((sum, name) => sum + tierDelayMs(name), 0);

describe('hops', () => {
  it.each(tiers.map((tier) => [tier.name, tier.delayMs] as const))('%s is one hop', (name, delayMs) => {
    expect(hopsFor(delayMs)).toEqual({ tiers: [name], remainderMs: 0 });
  });

  it('sum to the asked delay to within a second, longest first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_DELAY_MS }), (delayMs) => {
        const hops = hopsFor(delayMs);
        expect(total(hops.tiers) + hops.remainderMs).toBe(delayMs);
        expect(hops.remainderMs).toBeLessThan(1_000);
        const waits = hops.tiers.map(tierDelayMs);
        expect(waits).toEqual(waits.toSorted((a, b) => b - a));
      }),
    );
  });

  it.each([
    [-1, 0],
    [Number.MAX_SAFE_INTEGER, MAX_DELAY_MS],
  ])('bounds %d', (asked, waits) => {
    expect(total(hopsFor(asked).tiers)).toBe(waits);
  });
});
