import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseEventTime } from './event-time.ts';

describe('parseEventTime', () => {
  it.each([
    ['2026-11-21T09:30:00Z', Date.UTC(2026, 10, 21, 9, 30)],
    ['2026-11-21t09:30:00.5z', Date.UTC(2026, 10, 21, 9, 30, 0, 500)],
    ['2026-11-21T09:30:00.123456789+05:30', Date.UTC(2026, 10, 21, 4, 0, 0, 123)],
    ['2024-02-29T23:59:59-00:00', Date.UTC(2024, 1, 29, 23, 59, 59)],
  ])('reads %s', (text, at) => {
    expect(parseEventTime(text)).toBe(at);
  });

  it.each([
    '2026-11-21',
    '2026-11-21T09:30:00',
    '2026-11-21 09:30:00Z',
    '2026-11-21T09:30Z',
    '2026-11-21T24:00:00Z',
    '2026-11-21T09:30:60Z',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-11-21T09:30:00+24:00',
    '1700000000',
    ' 2026-11-21T09:30:00Z',
    '',
  ])('does not take %p for a time', (text) => {
    expect(parseEventTime(text)).toBeUndefined();
  });

  it('reads back every moment that Date writes', () => {
    const moments = fc.integer({ min: 0, max: Date.UTC(10_000, 0) - 1 });
    fc.assert(fc.property(moments, (at) => parseEventTime(new Date(at).toISOString()) === at));
  });
});
