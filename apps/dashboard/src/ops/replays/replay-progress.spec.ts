import { describe, expect, it } from '@jest/globals';
import { byState, doneShare, doneText, skipsOf } from './replay-progress.ts';

describe('the progress of a replay', () => {
  it('is what was looked at, of what was counted', () => {
    expect(doneShare({ total: 200, remaining: 50 })).toBe(0.75);
    expect(doneShare({ total: 0, remaining: 0 })).toBe(1);
    expect(doneShare({ total: 10, remaining: 12 })).toBe(0);
  });

  it('is all only once nothing remains, and nothing only before the first', () => {
    expect(doneText({ total: 100_000, remaining: 1 })).toBe('99 %');
    expect(doneText({ total: 100_000, remaining: 99_999 })).toBe('<1 %');
    expect(doneText({ total: 100, remaining: 99 })).toBe('1 %');
    expect(doneText({ total: 100_000, remaining: 100_000 })).toBe('0 %');
    expect(doneText({ total: 100_000, remaining: 0 })).toBe('100 %');
  });

  it('shows what is under way first, the latest of each at the top', () => {
    const job = (id: string, state: 'running' | 'paused' | 'finished', day: number) => ({
      id,
      state,
      created_at: `2026-11-0${String(day)}T00:00:00.000Z`,
      updated_at: `2026-11-0${String(day)}T00:00:00.000Z`,
    });
    const { open, ended } = byState([
      job('a', 'finished', 1),
      job('b', 'running', 2),
      job('c', 'paused', 3),
      job('d', 'finished', 4),
    ]);
    expect(open.map(({ id }) => id)).toEqual(['c', 'b']);
    expect(ended.map(({ id }) => id)).toEqual(['d', 'a']);
  });

  it('says what was left out, and nothing of what was not', () => {
    expect(skipsOf({ skipped: { too_old: 3, event_gone: 0 } })).toEqual([['too_old', 3]]);
  });
});
