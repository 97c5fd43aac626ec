import { afterEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#testkit';
import { Bench, times } from './lanes-bench.fixture.ts';
import { StartPaces } from './start-paces.ts';

/** Of the attempts of one endpoint, in ms. */
const startsOf = (bench: Bench, name: string): number[] =>
  bench.startedAt.filter((_, n) => bench.started[n] === name);
const gaps = (at: readonly number[]): number[] => at.slice(1).map((each, n) => each - at[n]!);

describe('an endpoint with limits of its own', () => {
  let bench: Bench;

  afterEach(() => bench.lanes.stop());

  it('has so many attempts in flight as it can take, and another one when one ends', async () => {
    bench = new Bench();
    bench.limit('a', { concurrency: 2 });
    bench.add(...times(10, () => bench.task('a')));
    bench.add(...times(10, () => bench.task('b')));
    expect(startsOf(bench, 'a')).toHaveLength(2);
    expect(startsOf(bench, 'b')).toHaveLength(10);
    await bench.end(2);
    expect(startsOf(bench, 'a')).toHaveLength(4);
  });

  it('never has more than the lane’s cap, whatever it says', () => {
    bench = new Bench({ perLane: 3 });
    bench.limit('a', { concurrency: 64 });
    bench.add(...times(10, () => bench.task('a')));
    expect(bench.lanes.inFlight).toBe(3);
  });

  it('begins its attempts evenly at its rate, and its neighbour at once', async () => {
    bench = new Bench();
    bench.limit('a', { perSecond: 10 });
    bench.add(...times(50, () => bench.task('a')), ...times(50, () => bench.task('b')));
    expect(startsOf(bench, 'b')).toHaveLength(50);
    await bench.pass(5_000);
    const at = startsOf(bench, 'a');
    expect(at).toHaveLength(50);
    expect(at.at(-1)).toBe(4_900);
    expect(new Set(gaps(at))).toEqual(new Set([100]));
  });

  it('saves nothing up while it is idle, and forgets nothing either', async () => {
    bench = new Bench();
    bench.limit('a', { perSecond: 2 });
    // One at a time: between two of them the lane itself is forgotten.
    for (let n = 0; n < 20; n += 1) {
      bench.add(bench.task('a'));
      await bench.pass(100);
    }
    expect(startsOf(bench, 'a')).toEqual([0, 500, 1_000, 1_500, 2_000]);
    await bench.pass(10_000);
    bench.add(...times(5, () => bench.task('a', 'later')));
    await bench.pass(999);
    expect(startsOf(bench, 'later').length).toBeLessThanOrEqual(3);
  });

  it('makes up for timers that come late, and for no more than that', async () => {
    bench = new Bench();
    bench.limit('a', { perSecond: 100 });
    bench.add(...times(600, () => bench.task('a')));
    for (let n = 0; n < 200; n += 1) {
      bench.now += 15;
      bench.lanes.pump();
      await bench.end(10);
    }
    const at = startsOf(bench, 'a');
    expect(at.length).toBeGreaterThanOrEqual(297);
    for (const from of at) {
      const within = at.filter((each) => each >= from && each < from + 1_000).length;
      expect(within).toBeLessThanOrEqual(103);
    }
  });

  it('is woken by a timer, without anybody else’s work', async () => {
    bench = new Bench();
    bench.limit('a', { perSecond: 50 });
    const began = performance.now();
    bench.add(...times(5, () => bench.task('a')));
    const clock = setInterval(() => {
      bench.now = performance.now() - began;
    }, 1);
    try {
      await eventually(() => expect(startsOf(bench, 'a')).toHaveLength(5));
    } finally {
      clearInterval(clock);
    }
    expect(startsOf(bench, 'a').at(-1)).toBeGreaterThanOrEqual(79);
  });

  it('goes by a new rate as soon as it is set, also while it waits by the old one', async () => {
    bench = new Bench();
    bench.limit('a', { perSecond: 0.01 });
    bench.lanes.start();
    bench.add(...times(11, () => bench.task('a')));
    await bench.pass(1_000);
    expect(startsOf(bench, 'a')).toHaveLength(1);
    bench.limit('a', { perSecond: 10 });
    await eventually(() => expect(startsOf(bench, 'a').length).toBeGreaterThanOrEqual(2));
    await bench.pass(1_000);
    expect(startsOf(bench, 'a')).toHaveLength(11);
  });

  it('makes way for those behind it in the log, even when nobody else can be seen, and comes back at its rate', () => {
    bench = new Bench({ queueCap: 10_000 });
    bench.limit('a', { perSecond: 1 });
    bench.add(...times(300, () => bench.task('a')));
    expect(bench.deferred).toHaveLength(0);
    bench.crowded = true;
    bench.add(...times(100, () => bench.task('a', 'late')));
    // Of 399 that wait, 32 may stay: half as many as it could have in flight.
    expect(bench.deferred).toHaveLength(367);
    // The last would come back behind 366 that take a second each: 30 min is the tier that waits as long.
    expect(bench.delays.at(-1)).toBe(1_800_000);
    expect(bench.delays).toEqual(bench.delays.toSorted((a, b) => a - b));
  });

  it('never fills the queue that all share', () => {
    bench = new Bench({ queueCap: 100, perLane: 8 });
    bench.limit('a', { perSecond: 1 });
    bench.add(...times(1_000, () => bench.task('a')));
    expect(bench.lanes.queued).toBeLessThanOrEqual(50);
    bench.add(bench.task('b'));
    expect(bench.started).toContain('b');
  });
});

describe('paces', () => {
  it('are forgotten when they say nothing any more', () => {
    const paces = new StartPaces();
    for (let n = 0; n < 1_000; n += 1) paces.started(`wh_${n}`, 10, n);
    paces.sweep(1_000);
    expect(paces.size).toBe(120);
    paces.sweep(2_000);
    expect(paces.size).toBe(0);
  });
});
