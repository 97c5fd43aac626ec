import { describe, expect, it } from '@jest/globals';
import { RecentBudget, RecentMap } from './recent-map.ts';

describe('what a process remembers', () => {
  it('goes after its time, counted from when it was last written', () => {
    const map = new RecentMap<number>(new RecentBudget(10, 100));
    map.set('a', 1, 0);
    map.set('b', 1, 10);
    map.set('a', 2, 50);
    map.set('c', 1, 120);
    expect([map.get('a', 120), map.get('b', 120), map.get('c', 120)]).toEqual([2, undefined, 1]);
  });

  it('is gone after its time though nothing was written since', () => {
    const map = new RecentMap<number>(new RecentBudget(10, 100));
    map.set('a', 1, 0);
    expect([map.get('a', 99), map.get('a', 100)]).toEqual([1, undefined]);
  });

  it('goes before its time when there is more than the process may keep, the oldest of all maps first', () => {
    const budget = new RecentBudget(3, 1_000);
    const busy = new RecentMap<number>(budget);
    const quiet = new RecentMap<number>(budget);
    busy.set('1', 1, 1);
    quiet.set('2', 2, 2);
    busy.set('3', 3, 3);
    busy.set('4', 4, 4);
    expect([busy.get('1', 4), quiet.get('2', 4), busy.size, budget.used]).toEqual([undefined, 2, 2, 3]);
    busy.set('5', 5, 5);
    expect(quiet.get('2', 5)).toBeUndefined();
    expect(budget.evictedByCount).toBe(2);
  });

  it('says which of the two limits is the shorter one', () => {
    const budget = new RecentBudget(2, 1_000);
    const map = new RecentMap<number>(budget);
    map.set('1', 1, 1);
    expect(budget.metrics(10)).toEqual({ used: 1, evictedByCount: 0, keptMs: 9, limitedBy: 'age' });
    map.set('2', 2, 2);
    map.set('3', 3, 3);
    expect(budget.metrics(10)).toEqual({ used: 2, evictedByCount: 1, keptMs: 8, limitedBy: 'count' });
  });

  it('is given back when a partition is lost', () => {
    const budget = new RecentBudget(3, 1_000);
    const lost = new RecentMap<number>(budget);
    lost.set('1', 1, 1);
    lost.close();
    expect(budget.used).toBe(0);
  });
});
