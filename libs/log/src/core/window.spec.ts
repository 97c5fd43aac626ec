import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LogRecord } from '../port/record.ts';
import { WindowBudget } from './window-budget.ts';
import { Window } from './window.ts';

const caps = { records: 4, bytes: 100 };
const record = (offset: number, size = 10): LogRecord => ({
  topic: 'events',
  partition: 0,
  key: null,
  headers: {},
  value: new Uint8Array(size),
  offset,
  appendedAt: 0,
});

describe('window', () => {
  it('recognises what it took before, in flight or done', () => {
    const window = new Window(caps, 5);
    expect(window.take(record(4))).toBe(false);
    expect(window.take(record(5))).toBe(true);
    expect(window.take(record(5))).toBe(false);
    window.done(5);
    expect(window.take(record(5))).toBe(false);
    expect(window.count).toBe(0);
  });

  it('commits up to the first record that is not done, whatever completed behind it', () => {
    const window = new Window(caps, 0);
    for (const offset of [0, 1, 2, 7]) window.take(record(offset));
    window.done(1);
    window.done(7);
    expect(window.lowWatermark).toBe(0);
    window.done(0);
    expect(window.lowWatermark).toBe(2);
    window.done(2);
    expect(window.lowWatermark).toBe(8);
  });

  it('is full by count, or by bytes, and lets any record into an empty window', () => {
    const window = new Window(caps, 0);
    expect(window.isFull).toBe(false);
    expect(window.take(record(0, 5_000))).toBe(true);
    expect(window.isFull).toBe(true);
    window.done(0);
    expect(window.isFull).toBe(false);
    for (let offset = 1; offset <= 2; offset += 1) window.take(record(offset));
    expect(window.isOverHalfFull).toBe(false);
    window.take(record(3));
    expect(window.isOverHalfFull).toBe(true);
    window.take(record(4));
    expect(window.isFull).toBe(true);
    expect(window.bytes).toBe(40);
  });

  it('takes a forgotten tail again, and never what lies below everything done', () => {
    const window = new Window(caps, 0);
    for (let offset = 0; offset < 4; offset += 1) window.take(record(offset));
    window.done(0);
    window.forget(2);
    expect([window.count, window.seen, window.lowWatermark]).toEqual([1, 2, 1]);
    expect(window.done(3)).toBe(false);
    expect(window.take(record(2))).toBe(true);
    window.done(1);
    window.done(2);
    window.forget(0);
    expect(window.seen).toBe(3);
    expect(window.take(record(2))).toBe(false);
  });

  it('keeps its promises through any interleaving of takes, dones and forgetting', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('take' as const), gap: fc.integer({ min: 0, max: 2 }) }),
      fc.record({ do: fc.constant('done' as const), pick: fc.nat() }),
      fc.record({ do: fc.constant('again' as const), back: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ do: fc.constant('forget' as const), tail: fc.integer({ min: 1, max: 3 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const window = new Window(caps, 0);
        const open = new Set<number>();
        let next = 0;
        let committed = 0;
        for (const one of steps) {
          if (one.do === 'take') {
            const offset = Math.max(next, window.seen) + one.gap;
            expect(window.take(record(offset))).toBe(true);
            open.add(offset);
            next = offset + 1;
          } else if (one.do === 'again') {
            if (window.seen < one.back) continue;
            expect(window.take(record(window.seen - one.back))).toBe(false);
          } else if (one.do === 'done' && open.size > 0) {
            const offset = [...open][one.pick % open.size]!;
            expect(window.done(offset)).toBe(true);
            open.delete(offset);
          } else if (one.do === 'forget') {
            // A tail of which nothing was started, let alone done.
            const tail = [...open].sort((a, b) => b - a).slice(0, one.tail);
            const from = tail.at(-1);
            if (from === undefined) continue;
            window.forget(from);
            for (const offset of tail) open.delete(offset);
            next = window.seen;
          }
          expect(window.count).toBe(open.size);
          expect(window.lowWatermark).toBe(open.size > 0 ? Math.min(...open) : window.seen);
          expect(window.lowWatermark).toBeGreaterThanOrEqual(committed);
          committed = window.lowWatermark;
        }
      }),
    );
  });

  it('gives room back while a long run completes', () => {
    const window = new Window({ records: 10_000, bytes: 1e9 }, 0);
    for (let offset = 0; offset < 5_000; offset += 1) window.take(record(offset, 0));
    for (let offset = 0; offset < 5_000; offset += 1) expect(window.done(offset)).toBe(true);
    expect([window.lowWatermark, window.count]).toEqual([5_000, 0]);
  });

  it('waits for the others of its process beyond a share of its own, and lets them go on when it is done (R16)', () => {
    const budget = new WindowBudget(100, 1e9);
    const roomy = { records: 1_000, bytes: 1e9 };
    const [busy, quiet] = [new Window(roomy, 0, budget), new Window(roomy, 0, budget)];
    for (let offset = 0; offset < 99; offset += 1) busy.take(record(offset, 0));
    expect([busy.isFull, busy.isOverHalfFull]).toEqual([false, true]);
    quiet.take(record(0, 0));
    expect([busy.isFull, quiet.isFull]).toEqual([true, false]);
    for (let offset = 1; offset < 64; offset += 1) quiet.take(record(offset, 0));
    expect(quiet.isFull).toBe(true);
    for (let offset = 0; offset < 99; offset += 1) busy.done(offset);
    expect([quiet.isFull, quiet.isOverHalfFull]).toEqual([false, true]);
  });

  it('gives what is in flight back to the budget when its owner is gone', () => {
    const budget = new WindowBudget(10, 1e9);
    const window = new Window({ records: 1_000, bytes: 1e9 }, 0, budget);
    for (let offset = 0; offset < 10; offset += 1) window.take(record(offset, 0));
    window.done(3);
    window.close();
    window.done(4);
    expect([budget.isFull, budget.isOverHalfFull, window.lowWatermark]).toEqual([false, false, 0]);
    budget.count(5, 0);
    expect(budget.isOverHalfFull).toBe(false);
    budget.count(1, 0);
    expect(budget.isOverHalfFull).toBe(true);
  });
});
