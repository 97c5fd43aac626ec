import { describe, expect, it } from '@jest/globals';
import { Refused } from '#http-edge';
import { tenantLimitsOf, webhookLimitsOf, type LimitsMessage } from './limits-message.ts';

const pointerOf = (message: LimitsMessage) => {
  try {
    webhookLimitsOf(message);
    return undefined;
  } catch (error) {
    return (error as Refused).errors[0]?.pointer;
  }
};

describe('limits of a message', () => {
  it('become what REST says: a number, null for one that is taken away, or nothing', () => {
    expect(webhookLimitsOf({})).toEqual({});
    expect(webhookLimitsOf({ limits: { per_second: 5 } })).toEqual({ limits: { per_second: 5 } });
    expect(tenantLimitsOf({ limits: { max_endpoints: 0 }, no_limits: ['events_per_second'] })).toEqual({
      limits: { max_endpoints: 0, events_per_second: null },
    });
  });

  it('must not be set and taken away at once, and must be limits', () => {
    expect(pointerOf({ limits: { per_second: 5 }, no_limits: ['concurrency', 'per_second'] })).toBe(
      '/no_limits/1',
    );
    expect(pointerOf({ no_limits: ['max_endpoints'] })).toBe('/no_limits/0');
  });
});
