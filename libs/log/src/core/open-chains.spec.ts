import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { freshChain, OpenChains, type OpenChain } from './open-chains.ts';
import { RecentBudget } from './recent-budget.ts';

const successor = { attempt: 2, step: 1, dueAt: 5, hops: [] };

const chains: fc.Arbitrary<OpenChain> = fc.record({
  attempt: fc.nat({ max: 200 }),
  deferredStep: fc.integer({ min: -1, max: 5_000 }),
  step: fc.integer({ min: -1, max: 5_000 }),
  topic: fc.constantFrom(null, 'events', 'deliveries', 'retry.1s', 'retry.2h'),
  offset: fc.oneof(fc.constant(-1), fc.nat({ max: Number.MAX_SAFE_INTEGER })),
  inHand: fc.nat({ max: 200 }),
  placing: fc.integer({ min: -1, max: 5_000 }),
  next: fc.constantFrom(null, successor),
  nextAfterAttempt: fc.nat({ max: 200 }),
  nextAfterStep: fc.integer({ min: -1, max: 5_000 }),
});

describe('chains that go on', () => {
  it('are forgotten after their time, counted from when they were last set', () => {
    const open = new OpenChains(new RecentBudget(10, 100));
    open.set('a', freshChain(), 0);
    open.set('b', freshChain(), 10);
    open.set('a', { ...freshChain(), attempt: 1 }, 50);
    expect([open.get('a', 120)?.attempt, open.get('b', 120), open.oldestAt]).toEqual([1, undefined, 10]);
    open.set('c', freshChain(), 120);
    expect([open.size, open.oldestAt]).toEqual([2, 50]);
  });

  it('give memory back once most of them are over, and lose none of the others', () => {
    const open = new OpenChains(new RecentBudget(100_000, 1_000));
    for (let n = 0; n < 20_000; n += 1)
      open.set(`d${n}`, { ...freshChain(), step: n, next: successor }, n / 20);
    expect(open.places).toBe(20_480);
    for (let n = 0; n < 20_000; n += 1) if (n % 100 !== 0) open.delete(`d${n}`);
    expect([open.size, open.places]).toEqual([200, 2_048]);
    for (let n = 0; n < 20_000; n += 1) {
      const kept = n % 100 === 0 ? { ...freshChain(), step: n, next: successor } : undefined;
      expect(open.get(`d${n}`, 999)).toEqual(kept);
    }
    open.set('new', freshChain(), 1_500);
    expect([open.size, open.oldestAt]).toEqual([100, 505]);
  });

  it('take memory for those that are there, three times as much at most, whichever of them go', () => {
    const open = new OpenChains(new RecentBudget(200_000, 1_000));
    const model = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40_000 }), { minLength: 20_000, maxLength: 40_000 }), (keys) => {
        for (const [at, key] of keys.entries()) {
          const isTaken = model.has(`d${key}`);
          if (isTaken) open.delete(`d${key}`);
          else open.set(`d${key}`, { ...freshChain(), step: at }, 0);
          if (isTaken) model.delete(`d${key}`);
          else model.set(`d${key}`, at);
        }
        expect(open.size).toBe(model.size);
        expect(open.places).toBeLessThanOrEqual(3 * open.size + 3 * 4_096);
        for (const key of keys) expect(open.get(`d${key}`, 1)?.step).toBe(model.get(`d${key}`));
      }),
      { numRuns: 5 },
    );
    // Only a quarter stays: the rest of the memory goes.
    const before = open.places;
    const kept = [...model.keys()].filter((_, at) => at % 4 === 0);
    for (const key of [...model.keys()].filter((_, at) => at % 4 !== 0)) open.delete(key);
    expect(open.places).toBeLessThan(before);
    for (const key of kept) expect(open.get(key, 1)?.step).toBe(model.get(key));
  });

  it('are what a Map would hold, whatever is set, taken out and forgotten', () => {
    const step = fc.record({
      key: fc.string({ maxLength: 3 }),
      chain: fc.option(chains, { nil: undefined, freq: 5 }),
      wait: fc.nat({ max: 3 }),
    });
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 900, size: 'max' }),
        fc.integer({ min: 1, max: 500 }),
        (steps, max) => {
          const budget = new RecentBudget(max, 300);
          const open = new OpenChains(budget);
          const model = new Map<string, { chain: OpenChain; at: number }>();
          let now = 0;
          for (const { key, chain, wait } of steps) {
            now += wait;
            if (chain === undefined) {
              open.delete(key);
              model.delete(key);
              continue;
            }
            for (const [other, { at }] of model) if (at <= now - 300) model.delete(other);
            open.set(key, chain, now);
            model.delete(key);
            model.set(key, { chain, at: now });
            // Each counts as two.
            while (model.size * 2 > max) {
              const over = model.size * 2 - max + Math.floor(max / 100);
              const dropped = Math.max(1, Math.min(256, model.size, over));
              for (const other of [...model.keys()].slice(0, dropped)) model.delete(other);
            }
          }
          expect([open.size, budget.used]).toEqual([model.size, model.size * 2]);
          for (const [key, { chain, at }] of model) {
            expect(open.get(key, now)).toEqual(at <= now - 300 ? undefined : chain);
          }
          for (const { key } of steps) if (!model.has(key)) expect(open.get(key, now)).toBeUndefined();
          open.close();
          open.set('late', freshChain(), now);
          expect([open.get('late', now), open.size, budget.used]).toEqual([undefined, 0, 0]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
