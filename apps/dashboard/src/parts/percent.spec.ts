import { describe, expect, it } from '@jest/globals';
import { percentText } from './percent.ts';

describe('a ratio in percent', () => {
  it('is all or nothing only where it really is', () => {
    expect([1, 0.99999, 0.9876, 0.5, 0.00001, 0].map(percentText)).toEqual([
      '100 %',
      '99.9 %',
      '98.8 %',
      '50.0 %',
      '0.1 %',
      '0 %',
    ]);
  });
});
