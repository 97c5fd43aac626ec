import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EventPace } from './event-pace.ts';

describe('the pace of a tenant’s events', () => {
  it.each([1, 3, 7, 10, 1_000])(
    'of %i a second lets a second’s worth through at once, and then one at a time',
    (rate) => {
      const pace = new EventPace();
      for (let n = 0; n < rate; n += 1) expect(pace.take('acme', rate, 5)).toBe(0);
      const wait = pace.take('acme', rate, 5);
      expect(wait).toBeCloseTo(1_000 / rate, 3);
      expect(pace.take('acme', rate, 5 + wait)).toBe(0);
      expect(pace.take('acme', rate, 5 + wait)).toBeGreaterThan(0);
    },
  );

  it('counts each tenant by itself', () => {
    const pace = new EventPace();
    expect(pace.take('acme', 1, 0)).toBe(0);
    expect(pace.take('globex', 1, 0)).toBe(0);
    expect(pace.take('acme', 1, 0)).toBe(1_000);
  });

  it('never lets more than (t + 1) times the rate through in t seconds, and all of it to one who asks on', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 300 }),
        (rate, pauses) => {
          const pace = new EventPace();
          const taken: number[] = [];
          let now = 0;
          for (const pause of pauses) {
            now += pause;
            if (pace.take('acme', rate, now) === 0) taken.push(now);
          }
          for (const from of taken) {
            const within = taken.filter((at) => at >= from && at <= from + 2_000).length;
            expect(within).toBeLessThanOrEqual(3 * rate);
          }
        },
      ),
    );
    const pace = new EventPace();
    let taken = 0;
    for (let now = 0; now <= 10_000; now += 1) if (pace.take('acme', 40, now) === 0) taken += 1;
    expect(taken).toBeGreaterThanOrEqual(400);
    expect(taken).toBeLessThanOrEqual(441);
  });

  it('forgets tenants that are silent', () => {
    const pace = new EventPace();
    for (let n = 0; n < 10_001; n += 1) pace.take(`t${n}`, 1, n < 10_000 ? 0 : 5_000);
    expect(pace.size).toBe(1);
  });
});
