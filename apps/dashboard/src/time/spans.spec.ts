import { describe, expect, it } from '@jest/globals';
import { countdownText, durationText, relativeText, spanText } from './spans.ts';

describe('spans of time in words', () => {
  it('name the two largest units at most', () => {
    expect([0, 1, 59, 60, 65, 3_600, 7_380, 93_600, 86_403].map(spanText)).toEqual([
      '0 s',
      '1 s',
      '59 s',
      '1 min',
      '1 min 5 s',
      '1 h',
      '2 h 3 min',
      '1 d 2 h',
      '1 d',
    ]);
  });

  it('give durations as exactly as they mean something', () => {
    expect([0.4, 38, 999, 1_240, 9_999, 12_300, 65_000].map(durationText)).toEqual([
      '0 ms',
      '38 ms',
      '999 ms',
      '1.24 s',
      '10.00 s',
      '12 s',
      '1 min 5 s',
    ]);
  });

  it('say how long ago or until', () => {
    const now = Date.parse('2026-11-28T12:00:00Z');
    expect(relativeText(now - 1_000, now)).toBe('just now');
    expect(relativeText(now - 125_000, now)).toBe('2 min ago');
    expect(relativeText(now - 90_000_000, now)).toBe('1 d ago');
    expect(relativeText(now + 30_000, now)).toBe('in 30 s');
  });

  it('count down to a moment, and stop there', () => {
    expect(countdownText(65_400, 0)).toBe('in 1 min 6 s');
    expect(countdownText(400, 0)).toBe('in 1 s');
    expect(countdownText(0, 0)).toBe('now');
    expect(countdownText(0, 5_000)).toBe('now');
  });
});
