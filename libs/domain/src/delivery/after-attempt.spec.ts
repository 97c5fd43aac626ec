import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tierDelayMs } from '../retry/tiers.ts';
import { answered, momentOf, refOf, T0, timedOut } from './chain.fixture.ts';
import { policies, policyNames } from './contract-policies.fixture.ts';
import { decideAfterAttempt } from './decide-delivery.ts';
import { askedBys } from './delivery-ref.ts';

const H = 3_600_000;
const promising = policyNames.filter((name) => name !== 'standardWebhooks');
const { hyperspell, hyprwatch, standardWebhooks } = policies;

describe('Retry-After', () => {
  it.each(promising)('does not count for %s: its page promises a schedule', (name) => {
    const policy = policies[name];
    expect(decideAfterAttempt(policy, momentOf(), answered(429, 3_600_000))).toEqual(
      decideAfterAttempt(policy, momentOf(), answered(429)),
    );
  });

  it.each([
    ['a longer wait is honoured', 10 * 60_000, 10 * 60_000, ['5m', '5m']],
    ['a shorter one does not beat the schedule', 1_000, 16_000, ['16s']],
    ['two hours is the longest', 5 * H, 2 * H, ['2h']],
    ['infinity is two hours', Infinity, 2 * H, ['2h']],
    ['a moment in the past is the schedule', -5_000, 16_000, ['16s']],
    ['what is no number is the schedule', NaN, 16_000, ['16s']],
  ])('of standard-webhooks: %s', (_, askedMs, waitMs, hops) => {
    expect(decideAfterAttempt(standardWebhooks, momentOf(), answered(503, askedMs))).toEqual({
      kind: 'retry',
      next: { attempt: 2, step: 1, dueAt: T0 + waitMs, hops },
    });
  });

  it('gives no attempt beyond the last', () => {
    const moment = momentOf({ attempt: 8, step: 7 });
    expect(decideAfterAttempt(standardWebhooks, moment, answered(503, 60_000))).toMatchObject({
      kind: 'failed',
      reason: 'attempts_exhausted',
    });
  });
});

describe('410 Gone', () => {
  it.each(promising)('is a failure like any other for %s', (name) => {
    const policy = policies[name];
    expect(decideAfterAttempt(policy, momentOf(), answered(410))).toEqual(
      decideAfterAttempt(policy, momentOf(), answered(500)),
    );
  });

  it.each([
    ['event', true],
    ['release', true],
    ['replay', false],
    ['test', false],
  ] as const)(
    'of standard-webhooks ends a chain asked for by %s at once; disables the endpoint: %s',
    (askedBy, disables) => {
      const moment = momentOf({ ref: refOf({ askedBy }) });
      expect(decideAfterAttempt(standardWebhooks, moment, answered(410))).toEqual({
        kind: 'failed',
        reason: 'gone',
        disables,
      });
    },
  );
});

describe('an age limit (Hyperspell: receivers refuse what is older than 300 s)', () => {
  it('lets a retry start 280 s after the event, and not a millisecond later', () => {
    const last = momentOf({ attempt: 4, step: 3, at: T0 + 220_000 });
    expect(decideAfterAttempt(hyperspell, last, timedOut)).toEqual({
      kind: 'retry',
      next: { attempt: 5, step: 4, dueAt: T0 + 280_000, hops: ['1m'] },
    });
    expect(decideAfterAttempt(hyperspell, { ...last, at: last.at + 1 }, timedOut)).toEqual({
      kind: 'expired',
    });
  });

  it('is counted from when the event occurred, not from when it was accepted', () => {
    const ref = refOf({ occurredAt: T0 - 270_000, acceptedAt: T0 });
    expect(decideAfterAttempt(hyperspell, momentOf({ ref, attempt: 2 }), timedOut)).toEqual({
      kind: 'expired',
    });
  });

  it('does not turn a delivered one into an expired one', () => {
    const late = momentOf({ at: T0 + 290_000 });
    expect(decideAfterAttempt(hyperspell, late, answered(200))).toEqual({ kind: 'delivered' });
  });

  it('is real time whatever the time scale', () => {
    const moment = momentOf({ at: T0 + 279_000, attempt: 4, timeScale: 0.01 });
    expect(decideAfterAttempt(hyperspell, moment, timedOut)).toMatchObject({
      kind: 'retry',
      next: { dueAt: T0 + 279_600 },
    });
    const slow = momentOf({ at: T0, attempt: 3, timeScale: 5 });
    expect(decideAfterAttempt(hyperspell, slow, timedOut)).toEqual({ kind: 'expired' });
  });
});

describe('after any attempt', () => {
  it('of any contract the wait is a day at most, and the tiers sum to it to within a second', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.nat(100 * H), fc.double()), { minLength: 1, maxLength: 5 }),
        fc.option(fc.nat(100 * H)),
        fc.option(fc.double()),
        (delaysMs, retryAfterUpToMs, askedMs) => {
          const policy = { ...hyprwatch, delaysMs, retryAfterUpToMs };
          const decision = decideAfterAttempt(policy, momentOf(), answered(503, askedMs));
          if (decision.kind !== 'retry') throw new Error('the first of several attempts is retried');
          const waitMs = decision.next.dueAt - T0;
          const inTiers = decision.next.hops.reduce((sum, hop) => sum + tierDelayMs(hop), 0);
          expect(waitMs).toBeGreaterThanOrEqual(0);
          expect(waitMs).toBeLessThanOrEqual(24 * H);
          expect(waitMs - inTiers).toBeGreaterThanOrEqual(0);
          // Rounding to whole milliseconds may fill the second.
          expect(waitMs - inTiers).toBeLessThanOrEqual(1_000);
        },
      ),
    );
  });

  it('only a chain that counts may disable, and only where the contract disables', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...policyNames),
        fc.constantFrom(...askedBys),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 100, max: 599 }),
        (name, askedBy, attempt, status) => {
          const policy = policies[name];
          const moment = momentOf({ ref: refOf({ askedBy }), attempt });
          const decision = decideAfterAttempt(policy, moment, answered(status));
          if (decision.kind !== 'failed' || !decision.disables) return;
          expect(['event', 'release']).toContain(askedBy);
          expect(name).toBe(decision.reason === 'gone' ? 'standardWebhooks' : 'hyprwatch');
        },
      ),
    );
  });

  it('a transport failure of any class is retried like an answer of 500', () => {
    for (const errorClass of ['timeout', 'dns', 'tls', 'blocked_address', 'invalid_request'] as const) {
      expect(decideAfterAttempt(hyprwatch, momentOf(), { kind: 'error', errorClass })).toEqual(
        decideAfterAttempt(hyprwatch, momentOf(), answered(500)),
      );
    }
  });
});
