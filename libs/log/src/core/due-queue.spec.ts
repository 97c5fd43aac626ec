import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DueQueue } from './due-queue.ts';

describe('due queue', () => {
  it('gives everything once, earliest first, never early', () => {
    const step = fc.record({ at: fc.integer({ min: 0, max: 100 }), now: fc.integer({ min: 0, max: 100 }) });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const queue = new DueQueue<number>();
        const waiting: number[] = [];
        for (const { at, now } of steps) {
          queue.push(at, at);
          waiting.push(at);
          waiting.sort((a, b) => a - b);
          expect(queue.nextDueAt()).toBe(waiting[0]);
          const split = waiting.findIndex((one) => one > now);
          expect(queue.due(now)).toEqual(waiting.splice(0, split === -1 ? waiting.length : split));
          expect(queue.length).toBe(waiting.length);
        }
      }),
    );
  });

  it('forgets what a lost partition had in it', () => {
    const queue = new DueQueue<string>();
    for (const [item, at] of [
      ['a', 3],
      ['b', 1],
      ['c', 2],
    ] as const)
      queue.push(item, at);
    queue.remove((item) => item === 'b');
    expect(queue.due(9)).toEqual(['c', 'a']);
  });
});
