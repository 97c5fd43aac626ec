import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { partitionOf } from '#log';
import { PARTITIONS } from '../support/dispatcher-rig.ts';
import { freeClock, holdClock, pass, until } from '../support/held-clock.ts';
import { Lives } from '../support/lives.ts';

const S = 1_000;
const M = 60 * S;
const RATE = 2;

describe('an endpoint that takes less than comes in', () => {
  let lives: Lives;

  beforeEach(() => holdClock());

  afterEach(async () => {
    if (lives.isAlive) await until(lives.stop());
    freeClock();
  });

  /** Their ids; all of them share one partition. */
  async function tenants(count: number): Promise<string[]> {
    const made: string[] = [];
    for (let n = 0; made.length < count; n += 1) {
      if (partitionOf(`tenant-${n}`, PARTITIONS) === 1)
        made.push(await lives.rig.tenant('standard-webhooks', `tenant-${n}`));
    }
    return made;
  }

  it('gets all of it at its own rate, with no attempt used, and holds up nobody in its partition (P8, R18)', async () => {
    lives = new Lives({ dispatcher: { windowRecords: 200 } });
    await lives.begin();
    const [slow = '', quick = ''] = await tenants(2);
    const limits = { perSecond: RATE, concurrency: null };
    const slowUrl = lives.rig.url(await lives.rig.endpoint(slow, { limits }));
    const quickUrl = lives.rig.url(await lives.rig.endpoint(quick));
    lives.sender.answer = () => ({ status: 200, after: 2 });
    for (let n = 0; n < 400; n += 1) {
      await lives.rig.publish(slow);
      if (n % 10 === 0) await lives.rig.publish(quick);
    }
    await pass(20 * S);
    // Those behind 400 that would take 200 s have long been sent.
    expect(lives.sender.to(quickUrl)).toHaveLength(40);
    const deferred = (await lives.outcomes()).filter(({ decision }) => decision.kind === 'deferred');
    expect(deferred.length).toBeGreaterThan(100);
    await pass(30 * M);
    const outcomes = await lives.outcomes();
    const delivered = outcomes.filter(({ decision }) => decision.kind === 'delivered');
    expect(delivered).toHaveLength(440);
    expect(delivered.every(({ attempt }) => attempt === 1)).toBe(true);
    const at = lives.sender.to(slowUrl).map((sent) => sent.at);
    expect(at).toHaveLength(400);
    for (const [n, each] of at.slice(1).entries()) {
      expect(each - at[n]!).toBeGreaterThanOrEqual(S / RATE - 20);
    }
    expect(lives.rig.dispatcher.gauges().inHand).toBe(0);
  });
});
