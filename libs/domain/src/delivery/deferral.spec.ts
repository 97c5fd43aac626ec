import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tierDelayMs } from '../retry/tiers.ts';
import { momentOf, T0 } from './chain.fixture.ts';
import { policies } from './contract-policies.fixture.ts';
import { decideDeferral, MAX_DEFERRED_MS } from './decide-delivery.ts';

const { hyperspell, hyprwatch } = policies;
const waiting = momentOf({ attempt: 3, step: 4 });

describe('stepping aside for others (P8)', () => {
  it('uses no attempt, and is one step more', () => {
    expect(decideDeferral(hyprwatch, waiting, { delayMs: 76_500, deferredSince: T0 })).toEqual({
      kind: 'deferred',
      next: { attempt: 3, step: 5, dueAt: T0 + 76_500, hops: ['1m', '16s'] },
    });
  });

  it.each([
    [0, 4_000],
    [-1, 4_000],
    [NaN, 4_000],
    [3_999, 4_000],
    [7_200_001, 7_200_000],
    [Infinity, 7_200_000],
  ])('a delay of %d becomes %d: 4 s to 2 h (R18)', (delayMs, waits) => {
    expect(decideDeferral(hyprwatch, waiting, { delayMs, deferredSince: T0 })).toMatchObject({
      kind: 'deferred',
      next: { dueAt: T0 + waits },
    });
  });

  it('fails as overload, not charged to the endpoint, once deferred for over a day', () => {
    const deferral = { delayMs: 60_000, deferredSince: T0 - MAX_DEFERRED_MS };
    expect(decideDeferral(hyprwatch, waiting, deferral)).toMatchObject({ kind: 'deferred' });
    expect(
      decideDeferral(hyprwatch, waiting, { ...deferral, deferredSince: deferral.deferredSince - 1 }),
    ).toEqual({ kind: 'failed', reason: 'overload', disables: false });
  });

  it('is real time at any time scale, as far as the tiers reach: lanes are no faster in a demonstration', () => {
    const deferral = { delayMs: 10_000, deferredSince: T0 - MAX_DEFERRED_MS };
    expect(decideDeferral(hyprwatch, { ...waiting, timeScale: 0.01 }, deferral)).toMatchObject({
      next: { dueAt: T0 + 10_000 },
    });
    expect(decideDeferral(hyprwatch, { ...waiting, timeScale: 0.000_5 }, deferral)).toMatchObject({
      next: { dueAt: T0 + 3_600, hops: ['2h'] },
    });
    // 20 s are left: no tier fits between 4 s and those.
    expect(
      decideDeferral(
        hyperspell,
        { ...waiting, at: T0 + 260_000, timeScale: 0.01 },
        { delayMs: 60_000, deferredSince: T0 },
      ),
    ).toMatchObject({ kind: 'deferred', next: { dueAt: T0 + 264_000 } });
  });

  it.each([
    [0, '280 s are left', ['1m']],
    [219_000, '61 s', ['16s']],
    [254_000, '26 s', ['16s']],
    [254_001, 'less than 10 s would be left of them', ['4s']],
    [266_000, '14 s', ['4s']],
  ])('leaves 10 s to be sent in: %d ms after a Hyperspell event (%s)', (ageMs, _, hops) => {
    const moment = { ...waiting, at: T0 + ageMs };
    const decision = decideDeferral(hyperspell, moment, { delayMs: 7_200_000, deferredSince: T0 });
    expect(decision).toMatchObject({ kind: 'deferred', next: { hops } });
  });

  it.each([4_000, 7_200_000])(
    'keeps its place where not even 4 s leave as much (%d ms asked for)',
    (delayMs) => {
      const deferral = { delayMs, deferredSince: T0 };
      expect(decideDeferral(hyperspell, { ...waiting, at: T0 + 266_001 }, deferral)).toBeUndefined();
      expect(decideDeferral(hyperspell, { ...waiting, at: T0 + 300_000 }, deferral)).toBeUndefined();
    },
  );

  it('the tiers of any successor sum to its delay to within a second', () => {
    fc.assert(
      fc.property(fc.double(), fc.nat(280_000), (delayMs, ageMs) => {
        const at = T0 + ageMs;
        const decision = decideDeferral(hyperspell, { ...waiting, at }, { delayMs, deferredSince: at });
        if (decision?.kind !== 'deferred') return;
        const waits = decision.next.hops.reduce((sum, hop) => sum + tierDelayMs(hop), 0);
        expect(decision.next.dueAt - at - waits).toBeGreaterThanOrEqual(0);
        expect(decision.next.dueAt - at - waits).toBeLessThanOrEqual(1_000);
        expect(decision.next.dueAt).toBeLessThanOrEqual(T0 + 270_000);
      }),
    );
  });
});
