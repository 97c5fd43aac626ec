import { describe, expect, it } from '@jest/globals';
import { countText, latencyText, rateText, ratioText } from './figure-text.ts';

describe('figures as text', () => {
  it('keeps thousands apart', () => {
    expect([0, 7, 999, 12_345, 1_000_000].map(countText)).toEqual(['0', '7', '999', '12,345', '1,000,000']);
  });

  it('gives rates as exactly as they mean something', () => {
    expect([0, 0.001, 0.0233, 0.5, 1.26, 12.4, 1_250].map(rateText)).toEqual([
      '0',
      '<0.01',
      '0.02',
      '0.50',
      '1.3',
      '12',
      '1,250',
    ]);
  });

  it('says all and nothing only where they are meant', () => {
    expect([null, 0, 0.0001, 0.5, 0.99996, 1].map(ratioText)).toEqual([
      '–',
      '0 %',
      '0.1 %',
      '50.0 %',
      '99.9 %',
      '100 %',
    ]);
  });

  it('reads latencies in the unit that suits them', () => {
    expect([null, 0, 0.0004, 0.0344, 0.9996, 1.597, 65].map(latencyText)).toEqual([
      '–',
      '0 ms',
      '<1 ms',
      '34 ms',
      '1000 ms',
      '1.60 s',
      '65 s',
    ]);
  });
});
