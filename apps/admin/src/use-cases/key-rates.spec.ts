import { describe, expect, it } from '@jest/globals';
import { KeyRates } from './key-rates.ts';

describe('requests of a key', () => {
  it('are taken from a bucket that fills evenly; an empty one says how long the next has to wait', () => {
    const rates = new KeyRates(6);
    expect(rates.policy).toEqual({ quota: 6, windowSeconds: 60 });
    for (let left = 5; left >= 0; left -= 1) {
      const resetSeconds = (6 - left) * 10;
      expect(rates.take('key_one', 0)).toEqual({ remaining: left, resetSeconds, waitSeconds: 0 });
    }
    expect(rates.take('key_one', 0)).toEqual({ remaining: 0, resetSeconds: 60, waitSeconds: 10 });
    expect(rates.take('key_one', 9_500)).toMatchObject({ waitSeconds: 1 });
    expect(rates.take('key_one', 10_000)).toMatchObject({ remaining: 0, waitSeconds: 0 });
    expect(rates.take('key_one', 1_000_000)).toMatchObject({ remaining: 5, waitSeconds: 0 });
  });

  it('of one key take nothing from another', () => {
    const rates = new KeyRates(1);
    rates.take('key_one', 0);
    expect(rates.take('key_one', 0)).toMatchObject({ waitSeconds: 60 });
    expect(rates.take('key_two', 0)).toMatchObject({ remaining: 0, waitSeconds: 0 });
  });

  it('are not counted where the limit is 0', () => {
    const rates = new KeyRates(0);
    expect(rates.policy).toBeUndefined();
    for (let n = 0; n < 100; n += 1) expect(rates.take('key_one', 0)).toBeUndefined();
  });

  it('of keys that have been idle are forgotten, and of those that have not are not', () => {
    const rates = new KeyRates(2);
    for (let n = 0; n < 1_000; n += 1) rates.take(`key_${n}`, 0);
    rates.take('key_one', 59_000);
    rates.take('key_one', 59_000);
    rates.take('key_other', 61_000);
    expect(rates.take('key_one', 61_000)?.waitSeconds).toBeGreaterThan(0);
  });
});
