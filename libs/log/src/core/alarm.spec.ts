import { describe, expect, it } from '@jest/globals';
import { eventually } from '#testkit';
import { Alarm } from './alarm.ts';

describe('alarm', () => {
  it('rings at the earliest time asked for, once, and never early', async () => {
    const rung: number[] = [];
    const alarm = new Alarm(
      () => performance.now(),
      () => rung.push(performance.now()),
    );
    const start = performance.now();
    alarm.noLaterThan(start + 60_000);
    alarm.noLaterThan(start + 12.3);
    alarm.noLaterThan(start + 30_000);
    await eventually(() => expect(rung).toHaveLength(1));
    expect(rung[0]).toBeGreaterThanOrEqual(start + 12.3);
    alarm.stop();
  });

  it('looks at the clock again when a timer fires before its time', async () => {
    let now = 0;
    let asked = 0;
    let rung = 0;
    const clock = () => {
      asked += 1;
      return now;
    };
    const alarm = new Alarm(clock, () => (rung += 1));
    alarm.noLaterThan(2);
    await eventually(() => expect(asked).toBeGreaterThan(3));
    expect(rung).toBe(0);
    now = 2;
    await eventually(() => expect(rung).toBe(1));
  });

  it('asks for nothing when there is nothing to wait for', () => {
    const alarm = new Alarm(Date.now, () => {});
    alarm.noLaterThan(undefined);
    alarm.stop();
  });
});
