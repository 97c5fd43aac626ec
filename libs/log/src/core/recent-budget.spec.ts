import { describe, expect, it } from '@jest/globals';
import { RecentBudget } from './recent-budget.ts';
import { RecentNumbers } from './recent-numbers.ts';

describe('what a process remembers', () => {
  it('is gone after its time though nothing was written since', () => {
    const map = new RecentNumbers(new RecentBudget(10, 100));
    map.add('a', 1, 0);
    expect([map.get('a', 99), map.get('a', 100)]).toEqual([1, undefined]);
  });

  it('goes before its time when there is more than the process may keep, the oldest of all maps first', () => {
    const budget = new RecentBudget(3, 1_000);
    const busy = new RecentNumbers(budget);
    const quiet = new RecentNumbers(budget);
    busy.add('1', 1, 1);
    quiet.add('2', 2, 2);
    busy.add('3', 3, 3);
    busy.add('4', 4, 4);
    expect([busy.get('1', 4), quiet.get('2', 4), busy.size, budget.used]).toEqual([undefined, 2, 2, 3]);
    busy.add('5', 5, 5);
    expect(quiet.get('2', 5)).toBeUndefined();
    expect(budget.evictedByCount).toBe(2);
  });

  it('says which of the two limits is the shorter one', () => {
    const budget = new RecentBudget(2, 1_000);
    const map = new RecentNumbers(budget);
    map.add('1', 1, 1);
    expect(budget.metrics(10)).toEqual({ used: 1, evictedByCount: 0, keptMs: 9, limitedBy: 'age' });
    map.add('2', 2, 2);
    map.add('3', 3, 3);
    expect(budget.metrics(10)).toEqual({ used: 2, evictedByCount: 1, keptMs: 8, limitedBy: 'count' });
  });

  it('is given back when a partition is lost', () => {
    const budget = new RecentBudget(3, 1_000);
    const lost = new RecentNumbers(budget);
    lost.add('1', 1, 1);
    lost.close();
    expect(budget.used).toBe(0);
  });
});
