import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { partitionOf } from '#log';
import { PARTITIONS } from '../support/dispatcher-rig.ts';
import { freeClock, holdClock, pass, until } from '../support/held-clock.ts';
import { Lives } from '../support/lives.ts';

const S = 1_000;
const M = 60 * S;

describe('endpoints beside each other (P8)', () => {
  let lives: Lives;

  beforeEach(() => holdClock());

  afterEach(async () => {
    if (lives.isAlive) await until(lives.stop());
    freeClock();
  });

  /** Names the tenants so that all of them share one partition. */
  async function tenants(count: number): Promise<string[]> {
    const made: string[] = [];
    for (let n = 0; made.length < count; n += 1) {
      if (partitionOf(`tenant-${n}`, PARTITIONS) === 1)
        made.push(await lives.rig.tenant('standard-webhooks', `tenant-${n}`));
    }
    return made;
  }

  it('twenty that hang take nothing from one that answers', async () => {
    lives = new Lives();
    await lives.begin();
    const [healthy = '', ...hanging] = await tenants(21);
    const url = lives.rig.url(await lives.rig.endpoint(healthy));
    for (const tenant of hanging) await lives.rig.endpoint(tenant);
    lives.sender.answer = (request) =>
      request.url === url ? { status: 200, after: 5 } : { status: null, after: 15 * S };
    for (const tenant of hanging) for (let n = 0; n < 64; n += 1) await lives.rig.publish(tenant);
    // The clock is ours, the loop's turns are not: the burst is read in real ones.
    for (let n = 0; n < 30; n += 1) await pass(1);
    const asked: number[] = [];
    for (let n = 0; n < 20; n += 1) {
      asked.push(Date.now());
      await lives.rig.publish(healthy);
      await pass(500);
    }
    const lates = lives.sender.to(url).map(({ at }, n) => at - asked[n]!);
    expect(lates).toHaveLength(20);
    expect(Math.max(...lates)).toBeLessThanOrEqual(50);
  });

  it('a thousand that hung when they were last seen, and are sent one delivery in a while, take nothing either', async () => {
    lives = new Lives();
    await lives.begin();
    const [healthy = '', dead = ''] = await tenants(2);
    const url = lives.rig.url(await lives.rig.endpoint(healthy));
    for (let n = 0; n < 20; n += 1) {
      await Promise.all(Array.from({ length: 50 }, () => lives.rig.endpoint(dead)));
    }
    lives.sender.answer = (request) =>
      request.url === url ? { status: 200, after: 5 } : { status: null, after: 15 * S };
    await lives.rig.publish(dead);
    await pass(5 * M);
    expect(new Set(lives.sender.sent.map((sent) => sent.url)).size).toBe(1_000);
    const asked: number[] = [];
    for (let n = 0; n < 60; n += 1) {
      if (n % 20 === 0) await lives.rig.publish(dead);
      await pass(100);
      asked.push(Date.now());
      await lives.rig.publish(healthy);
      await pass(400);
    }
    const lates = lives.sender.to(url).map(({ at }, n) => at - asked[n]!);
    expect(lates).toHaveLength(60);
    expect(Math.max(...lates)).toBeLessThanOrEqual(50);
  }, 60_000);

  it('a burst for one that hangs holds up its neighbour in the partition for a second at most; what stepped aside returns, no attempt used', async () => {
    lives = new Lives({ dispatcher: { windowRecords: 200, lanes: { perLane: 8 } } });
    await lives.begin();
    const [slow = '', quick = ''] = await tenants(2);
    const slowUrl = lives.rig.url(await lives.rig.endpoint(slow));
    const quickUrl = lives.rig.url(await lives.rig.endpoint(quick));
    let hangs = true;
    lives.sender.answer = (request) =>
      request.url === slowUrl && hangs ? { status: null, after: 15 * S } : { status: 200, after: 2 };
    await lives.rig.publish(quick);
    for (let n = 0; n < 400; n += 1) {
      await lives.rig.publish(slow);
      if (n % 10 === 0) await lives.rig.publish(quick);
    }
    await pass(20 * S);
    expect(lives.sender.to(quickUrl).length).toBe(41);
    hangs = false;
    const failedBefore = (await lives.outcomes()).filter(({ decision }) => decision.kind === 'retry').length;
    const deferred = (await lives.outcomes()).filter(({ decision }) => decision.kind === 'deferred');
    expect(deferred.length).toBeGreaterThan(100);
    await pass(24 * 60 * M);
    const outcomes = await lives.outcomes();
    const delivered = outcomes.filter(({ decision }) => decision.kind === 'delivered');
    expect(delivered).toHaveLength(441);
    // Nobody was charged for having stepped aside.
    const retried = outcomes.filter(({ decision }) => decision.kind === 'retry').length;
    expect(delivered.filter(({ attempt }) => attempt === 1).length).toBe(441 - retried);
    expect(retried).toBeLessThan(failedBefore + 20);
    expect(lives.rig.dispatcher.gauges().inHand).toBe(0);
  }, 30_000);

  it('a lone busy one is paced by back-pressure: windows fill, pause, resume, and nothing steps aside', async () => {
    lives = new Lives({ dispatcher: { windowRecords: 50, lanes: { perLane: 4 } } });
    await lives.begin();
    const [tenant = ''] = await tenants(1);
    await lives.rig.endpoint(tenant);
    lives.sender.answer = () => ({ status: 200, after: 100 });
    for (let n = 0; n < 2_000; n += 1) await lives.rig.publish(tenant);
    let most = 0;
    for (let n = 0; n < 60; n += 1) {
      await pass(S);
      most = Math.max(most, lives.rig.dispatcher.gauges().inHand);
    }
    // The cap, and what a slice on its way brings on top.
    expect(most).toBeLessThanOrEqual(50 + 500);
    const outcomes = await lives.outcomes();
    expect(outcomes).toHaveLength(2_000);
    expect(outcomes.every(({ decision }) => decision.kind === 'delivered')).toBe(true);
  }, 30_000);

  it('one busy in a partition of its own is not made to step aside because others are busy elsewhere', async () => {
    lives = new Lives({ dispatcher: { windowRecords: 50, lanes: { perLane: 4 } } });
    await lives.begin();
    const [busy = ''] = await tenants(1);
    await lives.rig.endpoint(busy);
    let elsewhere = '';
    for (let n = 0; elsewhere === ''; n += 1)
      if (partitionOf(`other-${n}`, PARTITIONS) === 2)
        elsewhere = await lives.rig.tenant('standard-webhooks', `other-${n}`);
    const slowUrl = lives.rig.url(await lives.rig.endpoint(elsewhere));
    lives.sender.answer = (request) => ({ status: 200, after: request.url === slowUrl ? 2_000 : 50 });
    for (let n = 0; n < 20; n += 1) await lives.rig.publish(elsewhere);
    for (let n = 0; n < 500; n += 1) await lives.rig.publish(busy);
    await pass(M);
    const deferred = (await lives.outcomes()).filter(({ decision }) => decision.kind === 'deferred');
    expect(deferred.filter(({ ref }) => ref.tenantId === elsewhere)).toEqual([]);
  });

  it('retries of thousands start within 50 ms of their time, never before it', async () => {
    lives = new Lives();
    await lives.begin();
    const tenant = await lives.rig.tenant('hyperleap');
    for (let n = 0; n < 20; n += 1) await lives.rig.endpoint(tenant);
    lives.sender.answer = () => ({ status: 503, after: 3 });
    for (let n = 0; n < 50; n += 1) {
      await lives.rig.publish(tenant);
      await pass(7);
    }
    await pass(M);
    const late = lives.lateMs.toSorted((a, b) => a - b);
    expect(late).toHaveLength(3_000);
    expect(late[0]).toBeGreaterThanOrEqual(0);
    expect(late[Math.floor(late.length * 0.99)]).toBeLessThan(50);
  });

  it('tiers beyond what memory may hold lose nothing, and keep their times', async () => {
    lives = new Lives({ dispatcher: { waitingRecords: 100 } });
    await lives.begin();
    const [tenant = ''] = await tenants(1);
    await lives.rig.endpoint(tenant);
    lives.sender.answer = (_, nth) => (nth < 1_000 ? 500 : 200);
    for (let n = 0; n < 1_000; n += 1) await lives.rig.publish(tenant);
    await pass(5 * M);
    const outcomes = await lives.outcomes();
    expect(outcomes.filter(({ decision }) => decision.kind === 'delivered')).toHaveLength(1_000);
    expect(lives.sender.sent).toHaveLength(2_000);
    expect(lives.rig.dispatcher.gauges().inHand).toBe(0);
  });

  it('retries that are due in one moment go on as those before them end, though nothing else comes', async () => {
    lives = new Lives();
    await lives.begin();
    const [tenant = ''] = await tenants(1);
    for (let n = 0; n < 50; n += 1) {
      await Promise.all(Array.from({ length: 50 }, () => lives.rig.endpoint(tenant)));
    }
    let mostInHand = 0;
    lives.sender.answer = (_, nth) => {
      if (nth === 0) return 500;
      mostInHand = Math.max(mostInHand, lives.rig.dispatcher.gauges().inHand);
      return { status: 200, after: 2 * S };
    };
    await lives.rig.publish(tenant);
    await pass(M);
    expect(lives.sender.sent).toHaveLength(5_000);
    expect(mostInHand).toBeLessThanOrEqual(1_024);
    expect(lives.rig.dispatcher.gauges().inHand).toBe(0);
  });
});
