import { describe, expect, it } from '@jest/globals';
import { persist } from './persist.ts';

const failing = (times: number) => {
  let left = times;
  return async () => {
    if (left > 0) {
      left -= 1;
      throw new Error(`fails ${left} more times`);
    }
    return 'done';
  };
};

describe('persisting', () => {
  it('tries until it works, twice as patient each time, up to a limit', async () => {
    const waits: number[] = [];
    const { signal } = new AbortController();
    const onFailure = (_: unknown, waitMs: number) => void waits.push(waitMs);
    await expect(persist(failing(5), { signal, onFailure, firstMs: 1, maxMs: 4 })).resolves.toBe('done');
    expect(waits).toEqual([1, 2, 4, 4, 4]);
  });

  it('gives up at once on what will never pass', async () => {
    const { signal } = new AbortController();
    const options = { signal, onFailure: () => {}, isTerminal: () => true };
    await expect(persist(failing(1), options)).rejects.toThrow('fails 0 more times');
  });

  it('ends in the middle of a wait when it is told to, with the reason given', async () => {
    const ending = new AbortController();
    const onFailure = () => ending.abort(new Error('told to'));
    const began = performance.now();
    const done = persist(failing(9), { signal: ending.signal, onFailure, firstMs: 60_000 });
    await expect(done).rejects.toThrow('told to');
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
