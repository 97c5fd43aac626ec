import { describe, expect, it } from '@jest/globals';
import { MinutePace } from './minute-pace.ts';

describe('a pace by the minute', () => {
  it('lets so many through for one, tells when the next may come, and minds no other', () => {
    const pace = new MinutePace(10, 'tests a minute for one webhook');
    for (let n = 0; n < 10; n += 1) pace.take('wh_one', n * 1_000);
    expect(() => pace.take('wh_one', 10_000)).toThrow(
      expect.objectContaining({ code: 'too_many_requests', headers: { 'retry-after': '50' } }),
    );
    expect(() => pace.take('wh_two', 10_000)).not.toThrow();
    expect(() => pace.take('wh_one', 60_000)).not.toThrow();
    expect(() => pace.take('wh_one', 60_500)).toThrow('at most 10 tests a minute');
  });
});
