import { describe, expect, it } from '@jest/globals';
import { canBeRedriven } from './redrivable.ts';

describe('what can be put back', () => {
  it('is what leads to deliveries', () => {
    expect(['events', 'deliveries', 'retry.5m'].map(canBeRedriven)).toEqual([true, true, true]);
    expect(['outcomes', 'control', 'kafka:orders', 'events.of-others'].map(canBeRedriven)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
