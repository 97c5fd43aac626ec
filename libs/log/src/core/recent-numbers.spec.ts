import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RecentBudget } from './recent-budget.ts';
import { RecentNumbers } from './recent-numbers.ts';

describe('recent numbers', () => {
  it('keep the first number of a text until its time is over', () => {
    const recent = new RecentNumbers(new RecentBudget(10, 100));
    recent.add('a', 1, 0);
    recent.add('a', 2, 50);
    expect([recent.get('a', 99), recent.get('a', 100), recent.get('b', 0)]).toEqual([
      1,
      undefined,
      undefined,
    ]);
    recent.add('a', 3, 100);
    expect(recent.get('a', 100)).toBe(3);
  });

  it('forget the oldest of all that share a budget first', () => {
    const budget = new RecentBudget(3, 1_000);
    const [one, other] = [new RecentNumbers(budget), new RecentNumbers(budget)];
    one.add('a', 1, 0);
    other.add('b', 2, 1);
    one.add('c', 3, 2);
    one.add('d', 4, 3);
    expect([one.get('a', 4), other.get('b', 4), one.get('c', 4), one.get('d', 4)]).toEqual([
      undefined,
      2,
      3,
      4,
    ]);
    expect(budget.used).toBe(3);
    one.close();
    expect(budget.used).toBe(1);
  });

  it('give memory back once most of them are past, and lose none of the others', () => {
    const recent = new RecentNumbers(new RecentBudget(100_000, 1_000));
    for (let n = 0; n < 20_000; n += 1) recent.add(`e${n}`, n, n < 19_900 ? 0 : 500);
    expect(recent.places).toBe(20_480);
    recent.add('new', 7, 1_200);
    expect([recent.size, recent.places]).toEqual([101, 2_048]);
    for (let n = 19_900; n < 20_000; n += 1) expect(recent.get(`e${n}`, 1_200)).toBe(n);
    expect([recent.get('new', 1_200), recent.get('e0', 1_200)]).toEqual([7, undefined]);
  });

  it('take memory for those that are there, a page more at most, while they come and go', () => {
    const recent = new RecentNumbers(new RecentBudget(100_000, 1_000));
    for (let n = 0; n < 200_000; n += 1) {
      recent.add(`e${n}`, n, Math.floor(n / 20));
      if (n % 1_000 === 0) expect(recent.places).toBeLessThanOrEqual(recent.size + 2 * 4_096);
    }
    expect(recent.size).toBe(20_000);
    for (let n = 179_980; n < 200_000; n += 1)
      expect(recent.get(`e${n}`, 9_999)).toBe(n < 180_000 ? undefined : n);
  });

  it('say what a Map would, whatever is added and however it grows and forgets', () => {
    const step = fc.record({ text: fc.string({ maxLength: 3 }), value: fc.nat(), wait: fc.nat({ max: 3 }) });
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 800, size: 'max' }),
        fc.integer({ min: 1, max: 400 }),
        (steps, max) => {
          const recent = new RecentNumbers(new RecentBudget(max, 300));
          const model = new Map<string, { value: number; at: number }>();
          let now = 0;
          for (const { text, value, wait } of steps) {
            now += wait;
            for (const [key, { at }] of model) if (at <= now - 300) model.delete(key);
            recent.add(text, value, now);
            if (!model.has(text)) model.set(text, { value, at: now });
            if (model.size <= max) continue;
            const dropped = Math.max(1, Math.min(256, model.size, model.size - max + Math.floor(max / 100)));
            for (const key of [...model.keys()].slice(0, dropped)) model.delete(key);
          }
          expect(recent.size).toBe(model.size);
          for (const { text } of steps) expect(recent.get(text, now)).toBe(model.get(text)?.value);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('find nothing and keep nothing once given back, for those who still ask', () => {
    const budget = new RecentBudget(10, 100);
    const recent = new RecentNumbers(budget);
    recent.add('a', 1, 0);
    recent.close();
    recent.add('a', 2, 1);
    expect([recent.get('a', 1), recent.get('b', 1), recent.size, budget.used]).toEqual([
      undefined,
      undefined,
      0,
      0,
    ]);
  });

  it('tell 100,000 like-sounding texts apart', () => {
    const recent = new RecentNumbers(new RecentBudget());
    for (let n = 0; n < 100_000; n += 1) recent.add(`tenant/evt_${n}`, n, 0);
    expect(recent.size).toBe(100_000);
    for (let n = 0; n < 100_000; n += 999) expect(recent.get(`tenant/evt_${n}`, 1)).toBe(n);
    expect(recent.get('tenant/evt_100000', 1)).toBeUndefined();
  });
});
