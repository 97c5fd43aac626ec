import { describe, expect, it } from '@jest/globals';
import { ByteBudget } from './byte-budget.ts';

describe('ByteBudget', () => {
  it('gives room up to its limit, and again after it was given back', () => {
    const budget = new ByteBudget(10);
    const first = budget.lease();
    const second = budget.lease();
    first.take(6);
    second.take(4);
    expect(() => second.take(1)).toThrow(expect.objectContaining({ code: 'overloaded' }));
    expect(budget.used).toBe(10);
    first.release();
    first.release();
    second.take(6);
    expect(budget.used).toBe(10);
  });

  it('counts what exists already even beyond the limit, and refuses more until it is gone', () => {
    const budget = new ByteBudget(10);
    const record = budget.lease();
    record.hold(25);
    expect(() => budget.lease().take(0)).toThrow('too many events');
    record.release();
    budget.lease().take(10);
  });

  it('says when there is room again, to all who wait for it', async () => {
    const budget = new ByteBudget(10);
    expect(budget.room()).toBeUndefined();
    const [first, second] = [budget.lease(), budget.lease()];
    first.hold(10);
    second.hold(5);
    const told: string[] = [];
    const waiting = ['a', 'b'].map((who) => budget.room()!.then(() => told.push(who)));
    second.release();
    await Promise.resolve();
    expect(told).toEqual([]);
    first.release();
    await Promise.all(waiting);
    expect(told).toEqual(['a', 'b']);
    expect(budget.room()).toBeUndefined();
  });
});
