import { describe, expect, it } from '@jest/globals';
import { randomPool } from './random-pool.ts';

describe('a pool of randomness', () => {
  it('gives no bytes twice, however many are drawn', () => {
    const draw = randomPool();
    const drawn = Array.from({ length: 2_000 }, () => Buffer.from(draw(16)).toString('hex'));
    expect(new Set(drawn).size).toBe(drawn.length);
  });

  it('keeps what was drawn as it was', () => {
    const draw = randomPool();
    const first = draw(32);
    const before = Uint8Array.from(first);
    for (let n = 0; n < 1_000; n += 1) draw(32);
    expect(first).toEqual(before);
  });

  it('gives more at once than it holds', () => {
    const drawn = randomPool()(100_000);
    expect(drawn).toHaveLength(100_000);
    expect(new Set(drawn).size).toBe(256);
  });
});
