import { describe, expect, it } from '@jest/globals';
import { barsOf } from './bars.ts';

const box = { height: 20, step: 5, least: 2 };

describe('bars of a sparkline', () => {
  it('are stacked, failures on top, the fullest as high as there is room', () => {
    const [good, bad] = barsOf([{ good: 8, bad: 2, other: 0 }], box);
    expect(good).toMatchObject({ kind: 'good', x: 0 });
    expect(bad).toMatchObject({ kind: 'bad', x: 0 });
    expect(good!.y + good!.height).toBe(20);
    expect(bad!.y + bad!.height).toBeCloseTo(good!.y);
    expect(bad!.y).toBeGreaterThanOrEqual(0);
  });

  it('show one failure among many thousands', () => {
    const bars = barsOf([{ good: 100_000, bad: 1, other: 0 }], box);
    expect(bars.find(({ kind }) => kind === 'bad')?.height).toBe(2);
    expect(Math.min(...bars.map(({ y }) => y))).toBeGreaterThanOrEqual(-0.001);
  });

  it('are a line where nothing happened', () => {
    const nothing = { good: 0, bad: 0, other: 0 };
    expect(barsOf([nothing, nothing], box)).toEqual([
      { kind: 'none', x: 0, y: 19, height: 1 },
      { kind: 'none', x: 5, y: 19, height: 1 },
    ]);
  });
});
