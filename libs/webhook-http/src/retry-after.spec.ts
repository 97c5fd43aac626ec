import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseRetryAfter } from './retry-after.ts';

const now = Date.parse('2026-11-21T12:00:00Z');

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['120', 120_000],
    [' 7 ', 7_000],
    ['99999999', 365 * 24 * 3_600_000],
    ['9'.repeat(400), 365 * 24 * 3_600_000],
    ['Sat, 21 Nov 2026 12:01:00 GMT', 60_000],
    ['Saturday, 21-Nov-26 12:01:00 GMT', 60_000],
    ['Sat Nov 21 12:01:00 2026', 60_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ])('%p is %d ms', (text, ms) => {
    expect(parseRetryAfter(text, now)).toBe(ms);
  });

  it.each([
    '',
    '-1',
    '1.5',
    'NaN',
    '1e9',
    'Infinity',
    'soon',
    '2026-11-21',
    '0x10',
    '1 2',
    'Xxx, 99 Yyy 2026 12:01:00 GMT',
  ])('%p is as if absent', (text) => {
    expect(parseRetryAfter(text, now)).toBeNull();
  });

  it('is null or a finite number that is not negative, whatever a receiver writes', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer().map(String),
      fc.double().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    );
    fc.assert(
      fc.property(text, (value) => {
        const ms = parseRetryAfter(value, now);
        expect(ms === null || (Number.isFinite(ms) && ms >= 0)).toBe(true);
      }),
    );
  });
});
