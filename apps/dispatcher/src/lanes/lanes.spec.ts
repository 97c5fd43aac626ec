import { afterEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#testkit';
import { Bench, times } from './lanes-bench.fixture.ts';
import type { Task, TaskSource } from './task.ts';

describe('lanes', () => {
  let bench: Bench;

  afterEach(() => bench.lanes.stop());

  it('never have more in flight than one endpoint may, nor more than all may', async () => {
    bench = new Bench({ perLane: 3, slots: 5 });
    bench.add(...times(10, () => bench.task('a')), ...times(10, () => bench.task('b')));
    expect(bench.started).toEqual(['a', 'b', 'a', 'b', 'a']);
    await bench.end(2);
    expect(bench.lanes.inFlight).toBe(5);
  });

  it('take turns when slots are short', async () => {
    bench = new Bench({ perLane: 64, slots: 1 });
    bench.add(...times(3, (n) => bench.task('a', `a${n}`)), ...times(3, (n) => bench.task('b', `b${n}`)));
    for (let n = 0; n < 5; n += 1) await bench.end();
    expect(bench.started).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2']);
  });

  it('draw from a wide fan-out only as slots free up, and let others in between', async () => {
    bench = new Bench({ perLane: 1, slots: 4, queueCap: 8 });
    let drawn = 0;
    const wide: TaskSource = {
      partition: 0,
      draw: () => (drawn < 10_000 ? bench.task(`wide${(drawn += 1)}`) : undefined),
    };
    bench.lanes.add(wide);
    expect(drawn).toBeLessThanOrEqual(8 + 4);
    bench.add(bench.task('other'));
    for (let n = 0; n < 200 && !bench.started.includes('other'); n += 1) await bench.end(4);
    expect(bench.started).toContain('other');
    expect(drawn).toBeLessThan(1_000);
  });

  it('that may hang, or do, share at most half of the slots from the first moment on', async () => {
    bench = new Bench({ perLane: 8, slots: 16, hangAfterMs: 2_000 });
    bench.lanes.start();
    bench.add(...times(8, () => bench.task('hang1')), ...times(8, () => bench.task('hang2')));
    // Half of them, and the first of each lane, which had credit.
    expect(bench.lanes.inFlight).toBe(10);
    bench.add(bench.task('healthy'));
    expect(bench.started).toContain('healthy');
    bench.now = 3_000;
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(bench.lanes.hanging).toBe(3);
    bench.add(...times(4, () => bench.task('hang1', 'more')), bench.task('another'));
    expect(bench.started).toContain('another');
    expect(bench.started).not.toContain('more');
  });

  it('that hung when they were last seen have half of the slots and of the queue, however many they are', async () => {
    bench = new Bench({ slots: 32, queueCap: 200, hangAfterMs: 2_000 });
    bench.lanes.start();
    const dead = times(320, (n) => `dead${n}`);
    for (let at = 0; at < dead.length; at += 32) {
      bench.add(...dead.slice(at, at + 32).map((endpoint) => bench.task(endpoint)));
      bench.now += 15_000;
      await bench.end(32);
    }
    // None has anything left to do, so that there are no lanes that could know.
    expect(bench.lanes.laneCount).toBe(0);
    bench.add(...dead.map((endpoint) => bench.task(endpoint, 'again')));
    bench.add(bench.task('healthy'));
    expect(bench.started.filter((name) => name === 'again')).toHaveLength(16);
    expect(bench.lanes.queued).toBeLessThanOrEqual(100);
    expect(bench.deferred.length).toBeGreaterThanOrEqual(320 - 16 - 100);
    expect(bench.started).toContain('healthy');
  });

  it('of which nothing was known may hang in all slots: those that answer have half as many beside them after 2 s', async () => {
    bench = new Bench({ slots: 16, hangAfterMs: 2_000 });
    bench.lanes.start();
    bench.add(...times(100, (n) => bench.task(`dead${n}`)));
    expect(bench.lanes.inFlight).toBe(16);
    bench.now = 2_001;
    // The next ones that hang have their turn first: nobody can tell them from the healthy one behind them.
    await eventually(() => expect(bench.lanes.inFlight).toBe(24));
    bench.now = 4_100;
    await eventually(() => expect(bench.lanes.inFlight).toBe(32));
    bench.now = 6_200;
    await eventually(() => expect(bench.lanes.hanging).toBe(32));
    expect(bench.lanes.inFlight).toBe(32);
  });

  it('that hung once and answer quickly now are trusted again', async () => {
    bench = new Bench({ perLane: 64, slots: 32, hangAfterMs: 2_000 });
    bench.add(bench.task('a'));
    bench.now += 15_000;
    await bench.end(1);
    bench.add(...times(40, () => bench.task('a')));
    expect(bench.lanes.inFlight).toBe(16);
    await bench.end(1);
    await bench.end(1);
    expect(bench.lanes.inFlight).toBeGreaterThan(16);
  });

  it('that have ended without asking anybody are not taken for well', async () => {
    bench = new Bench({ slots: 32, hangAfterMs: 2_000 });
    bench.add(bench.task('a'));
    bench.now += 15_000;
    await bench.end(1);
    bench.asked = false;
    bench.add(...times(40, () => bench.task('a')));
    await bench.end(8);
    expect(bench.lanes.inFlight).toBe(16);
  });

  it('that are new have more than one slot, though four that hang are busy', async () => {
    bench = new Bench({ perLane: 64, slots: 512, queueCap: 4_096 });
    for (const dead of ['w', 'x', 'y', 'z']) bench.add(...times(100, () => bench.task(dead)));
    bench.lanes.start();
    bench.now = 3_000;
    await eventually(() => expect(bench.lanes.hanging).toBe(4));
    bench.add(...times(30, () => bench.task('new')));
    expect(bench.started.filter((name) => name === 'new')).toHaveLength(30);
  });

  it('that were slow once, hours ago, wait by their pace, and not by how long ago it was', async () => {
    bench = new Bench({ perLane: 4, slots: 32, queueCap: 100 });
    bench.add(bench.task('a'), bench.task('b'));
    bench.now += 2_300;
    await bench.end(2);
    bench.now += 3 * 3_600_000;
    bench.add(...times(300, () => bench.task('a')), bench.task('b'));
    expect(bench.deferred.length).toBeGreaterThan(0);
    expect(Math.max(...bench.delays)).toBeLessThanOrEqual(4_000);
  });

  it('that answer have all the slots they need', async () => {
    bench = new Bench({ perLane: 8, slots: 16 });
    bench.add(...times(80, () => bench.task('a')), ...times(80, () => bench.task('b')));
    for (let n = 0; n < 20; n += 1) await bench.end(1);
    expect(bench.lanes.inFlight).toBe(16);
  });

  it('of a partition that is stuck do not fill the queue of the others (R14)', () => {
    bench = new Bench({ queueCap: 8 });
    bench.closed.add(1);
    for (let n = 0; n < 50; n += 1) bench.add(bench.task(`stuck${n}`, 'stuck', 1));
    bench.add(bench.task('free', 'free', 2));
    expect(bench.started).toEqual(['free']);
  });

  it('survive a task that breaks its promise: its slot comes back', async () => {
    bench = new Bench({ perLane: 1 });
    const broken: Task = { ...bench.task('a'), attempt: () => Promise.reject(new Error('broken')) };
    bench.add(broken, bench.task('a', 'next'));
    await bench.end(0);
    expect(bench.started).toEqual(['next']);
  });

  it('give back-pressure, not deferral, to a lone busy endpoint', () => {
    bench = new Bench({ perLane: 2, queueCap: 100 });
    bench.crowded = true;
    bench.add(...times(100, () => bench.task('only')));
    bench.now = 60_000;
    bench.add(...times(50, () => bench.task('only')));
    expect(bench.deferred).toEqual([]);
  });

  it('defer what has waited too long, or would, once others wait behind it, and nothing of the others', () => {
    bench = new Bench({ perLane: 2, slots: 4, queueCap: 1_000 });
    bench.add(...times(10, () => bench.task('slow')), bench.task('quick'));
    // Its two attempts have taken 20 s so far: pace 0.2 a second, and eight wait.
    bench.now = 20_000;
    bench.add(bench.task('slow'));
    expect(bench.deferred).toEqual([]);
    bench.crowded = true;
    bench.add(bench.task('slow'), bench.task('quick', 'another'));
    expect(bench.deferred.length).toBeGreaterThanOrEqual(8);
    expect(new Set(bench.deferred)).toEqual(new Set(['slow']));
  });

  it('step aside in company, and then not for a while: 64 records of one append cost little more than one', () => {
    bench = new Bench({ perLane: 64, slots: 128, queueCap: 400 });
    bench.add(bench.task('other'), ...times(64, () => bench.task('slow')));
    bench.now = 20_000;
    const sizes: number[] = [];
    for (let n = 0; n < 600; n += 1) {
      const before = bench.deferred.length;
      bench.add(bench.task('slow'));
      if (bench.deferred.length > before) sizes.push(bench.deferred.length - before);
    }
    expect(sizes.length).toBeGreaterThan(0);
    expect(sizes).toEqual(sizes.map(() => 64));
    expect(bench.lanes.queued).toBeLessThanOrEqual(200);
  });

  it('bring deferred ones back at the pace they can be sent', () => {
    bench = new Bench({ perLane: 2, slots: 4, queueCap: 10_000 });
    bench.add(...times(10, () => bench.task('slow')), bench.task('quick'));
    bench.now = 20_000;
    bench.crowded = true;
    bench.add(...times(200, () => bench.task('slow', 'late')));
    // Those in the queue come before the first of them; 199 and more before the last, at 0.2 a second, are 30 min.
    expect(bench.delays[0]).toBe(60_000);
    expect(bench.delays.at(-1)).toBe(1_800_000);
    expect(bench.delays).toEqual(bench.delays.toSorted((a, b) => a - b));
  });

  it('believe that one goes on hanging for as long as it has hung already, and not for an hour after 20 s (R18)', async () => {
    bench = new Bench({ perLane: 2, slots: 4, queueCap: 10_000 });
    bench.add(...times(10, () => bench.task('slow')));
    bench.now = 20_000;
    bench.lanes.start();
    await eventually(() => expect(bench.lanes.hanging).toBe(1));
    bench.crowded = true;
    bench.add(...times(200, () => bench.task('slow', 'late')));
    await eventually(() => expect(bench.deferred.length).toBeGreaterThanOrEqual(200));
    // At most four times 20 s: the longest tier within that is 1 min.
    expect(Math.max(...bench.delays)).toBe(60_000);
  });

  it('start nothing of a partition whose appends are stuck, and let the others go on (R14)', () => {
    bench = new Bench();
    bench.closed.add(1);
    bench.add(bench.task('a', 'stuck', 1));
    bench.add(bench.task('b', 'free', 2));
    expect(bench.started).toEqual(['free']);
    bench.closed.clear();
    bench.lanes.pump();
    expect(bench.started).toEqual(['free', 'stuck']);
  });

  it('begin only so many attempts in one turn of the event loop, and go on in the next', async () => {
    bench = new Bench({ startsPerTurn: 3 });
    bench.add(...times(8, (n) => bench.task(`e${n}`)));
    expect(bench.started).toHaveLength(3);
    await new Promise((resolve) => setImmediate(resolve));
    expect(bench.started).toHaveLength(6);
    await new Promise((resolve) => setImmediate(resolve));
    expect(bench.started).toHaveLength(8);
  });

  it('forget endpoints that have nothing to do', async () => {
    bench = new Bench();
    bench.add(...times(100, (n) => bench.task(`e${n}`)));
    await bench.end(100);
    expect(bench.lanes.laneCount).toBe(0);
  });
});
