import { describe, expect, it } from '@jest/globals';
import { KafkaClock } from './kafka-clock.ts';

describe("the brokers' clock", () => {
  it('is that of this machine until a broker says otherwise, and follows it from then on', () => {
    let ticks = 0.5;
    const clock = new KafkaClock(1_000_000, () => ticks);
    expect(clock.now()).toBe(1_000_000);
    const mark = clock.mark();
    ticks += 10;
    clock.saw(mark, 1_060_003);
    expect(clock.now()).toBe(1_060_003);
    ticks += 100;
    expect(clock.now()).toBe(1_060_103);
  });

  it('is moved back when a broker stamps earlier than it could', () => {
    let ticks = 0;
    const clock = new KafkaClock(1_000_000, () => ticks);
    ticks = 20;
    clock.saw(0, 990_000);
    expect(clock.now()).toBe(990_021);
  });

  it('stays where it is while answers agree with it', () => {
    let ticks = 0;
    const clock = new KafkaClock(1_000_000, () => ticks);
    ticks = 20;
    clock.saw(0, 1_000_007);
    expect(clock.now()).toBe(1_000_020);
  });
});
