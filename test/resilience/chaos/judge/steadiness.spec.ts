import { describe, expect, it } from '@jest/globals';
import { Steadiness } from './steadiness.ts';

const steady = (...pauses: readonly (readonly [from: number, to: number])[]): Steadiness => {
  const steadiness = new Steadiness();
  for (let at = 0; at < 60_000; at += 500) {
    if (pauses.some(([from, to]) => at > from && at < to)) continue;
    steadiness.note('/a', at, at - 3);
    steadiness.note('/b', at, at - 3);
  }
  return steadiness;
};

describe('deliveries to healthy endpoints', () => {
  it('that go on through a fault recovered at once', () => {
    const fault = { what: 'kill', from: 10_000, to: 12_000 };
    expect(steady().recoveries([fault])).toEqual([{ what: 'kill', at: 10_000, recoveredMs: 0, paused: 0 }]);
  });

  it('that pause after a fault recover when the last of them flows again', () => {
    const fault = { what: 'kill', from: 10_000, to: 12_000 };
    const [recovery] = steady([10_500, 18_000]).recoveries([fault]);
    expect(recovery).toEqual({ what: 'kill', at: 10_000, recoveredMs: 8_000, paused: 2 });
  });

  it('are judged where nothing was wrong, and only there', () => {
    const steadiness = steady();
    steadiness.note('/a', 19_000, 12_000);
    const fault = { from: 10_000, to: 13_000 };
    expect(steadiness.undisturbed([fault]).p99).toBe(3);
    expect(steadiness.undisturbed([]).count).toBe(steadiness.undisturbed([fault]).count + 2 * 36 + 1);
    steadiness.note('/a', 59_000, 40_000);
    expect(steadiness.undisturbed([fault, { from: 0, to: 29_000 }]).p99).toBe(3);
  });
});
