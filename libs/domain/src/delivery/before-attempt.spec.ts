import { describe, expect, it } from '@jest/globals';
import { momentOf, refOf, T0 } from './chain.fixture.ts';
import { policies } from './contract-policies.fixture.ts';
import { decideBeforeAttempt } from './decide-delivery.ts';
import { askedBys } from './delivery-ref.ts';

const { hyperspell, hyprwatch } = policies;

describe('before an attempt', () => {
  it.each(askedBys)('nothing stands in the way to an active endpoint (asked by %s)', (askedBy) => {
    const moment = momentOf({ ref: refOf({ askedBy }), at: T0 + 1e9 });
    expect(decideBeforeAttempt(hyprwatch, moment, { status: 'active' })).toBeUndefined();
  });

  it.each(askedBys)('a deleted endpoint cancels (asked by %s)', (askedBy) => {
    const moment = momentOf({ ref: refOf({ askedBy }) });
    expect(decideBeforeAttempt(hyprwatch, moment, undefined)).toEqual({
      kind: 'cancelled',
      reason: 'endpoint_deleted',
    });
  });

  it.each(['event', 'release'] as const)('an endpoint that failed holds what %s asked for', (askedBy) => {
    const moment = momentOf({ ref: refOf({ askedBy }) });
    expect(decideBeforeAttempt(hyprwatch, moment, { status: 'failed' })).toEqual({ kind: 'held' });
  });

  it.each(['event', 'release'] as const)(
    'an endpoint that its customer switched off cancels what %s asked for',
    (askedBy) => {
      const moment = momentOf({ ref: refOf({ askedBy }) });
      expect(decideBeforeAttempt(hyprwatch, moment, { status: 'off' })).toEqual({
        kind: 'cancelled',
        reason: 'endpoint_off',
      });
    },
  );

  it.each([
    ['test', 'off'],
    ['test', 'failed'],
    ['replay', 'off'],
    ['replay', 'failed'],
  ] as const)('a %s goes to an endpoint that is %s all the same (R24)', (askedBy, status) => {
    const moment = momentOf({ ref: refOf({ askedBy }) });
    expect(decideBeforeAttempt(hyprwatch, moment, { status })).toBeUndefined();
  });

  it('Hyperspell starts nothing later than 280 s after the event', () => {
    const moment = momentOf({ at: T0 + 280_000 });
    expect(decideBeforeAttempt(hyperspell, moment, { status: 'active' })).toBeUndefined();
    expect(decideBeforeAttempt(hyperspell, { ...moment, at: moment.at + 1 }, { status: 'active' })).toEqual({
      kind: 'expired',
    });
  });

  it('holding comes before expiring, so that a release finds every delivery of its endpoint', () => {
    const moment = momentOf({ at: T0 + 400_000 });
    expect(decideBeforeAttempt(hyperspell, moment, { status: 'failed' })).toEqual({ kind: 'held' });
  });

  it('a replay that is too old expires even though it would pass a failed endpoint', () => {
    const moment = momentOf({ ref: refOf({ askedBy: 'replay' }), at: T0 + 400_000 });
    expect(decideBeforeAttempt(hyperspell, moment, { status: 'failed' })).toEqual({ kind: 'expired' });
  });
});
