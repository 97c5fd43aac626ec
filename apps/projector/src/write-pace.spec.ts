import { describe, expect, it } from '@jest/globals';
import { WritePace } from './write-pace.ts';

describe('the pace of transactions', () => {
  /** Records come at this rate for so many seconds; the distances of the last transactions. */
  const distances = (perSecond: number, seconds = 20) => {
    let now = 0;
    const pace = new WritePace(() => now);
    const began: number[] = [];
    let waiting = 0;
    for (let came = 0; now < seconds * 1_000; now += 1) {
      while (came < (now * perSecond) / 1_000) {
        came += 1;
        waiting += 1;
      }
      if (waiting === 0 || pace.dueInMs() > 0) continue;
      pace.began(waiting);
      began.push(now);
      waiting = 0;
    }
    const last = began.slice(-4);
    return last.slice(1).map((at, index) => at - last[index]!);
  };

  it('writes a lone record at once', () => {
    expect(new WritePace(() => 0).dueInMs()).toBe(0);
    expect(distances(5)).toEqual([200, 200, 200]);
  });

  it('writes a stream four times a second', () => {
    for (const perSecond of [200, 10_000]) expect(distances(perSecond)).toEqual([250, 250, 250]);
  });
});
