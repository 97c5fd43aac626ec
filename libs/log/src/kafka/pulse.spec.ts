import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import kafkajs from 'kafkajs';
import type { Coordinator } from './cluster.ts';
import { Pulse } from './pulse.ts';

const me = { memberId: 'm', generation: 3 };
const timing = { sessionTimeoutMs: 30_000, rebalanceTimeoutMs: 60_000, heartbeatMs: 3_000 };

const refused = (type: string) => () =>
  Promise.reject(
    new kafkajs.KafkaJSProtocolError({ message: type, type, code: 0, retriable: false } as unknown as Error),
  );
const sharingOut = refused('REBALANCE_IN_PROGRESS');

describe('the pulse of a member', () => {
  let answer: () => Promise<unknown>;
  let beats: number;
  let pulse: Pulse;

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    beats = 0;
    answer = () => Promise.resolve();
    const coordinator = {
      heartbeat: () => {
        beats += 1;
        return answer();
      },
    } as unknown as Coordinator;
    pulse = new Pulse({ ask: (request) => request(coordinator), nodeId: 1 }, 'g', timing);
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
  /** A join that never ends, unless it is given up. */
  const join = (nodeId?: number) => {
    const gaveUp: number[] = [];
    let end = () => {};
    const over = { nodeId, cut: () => void gaveUp.push(beats) };
    const joining = pulse.whileJoining(new Promise<void>((resolve) => (end = resolve)), me, over);
    return {
      gaveUp,
      end: () => {
        end();
        return joining;
      },
    };
  };

  it('keeps a member for the session timeout but 5 s, by the time of the request (R9)', async () => {
    expect(pulse.isFresh()).toBe(false);
    pulse.joined(performance.now());
    answer = () => new Promise((resolve) => setTimeout(resolve, 4_000));
    const beating = pulse.beat(me);
    await pass(4_000);
    await beating;
    await pass(20_999);
    expect(pulse.isFresh()).toBe(true);
    await pass(1);
    expect(pulse.isFresh()).toBe(false);
  });

  it('goes on while the group shares out anew, up to the rebalance timeout but 5 s from the last answer that knew of none', async () => {
    pulse.joined(performance.now());
    await pulse.beat(me);
    answer = sharingOut;
    const joining = join();
    await pass(54_999);
    expect(pulse.isFresh()).toBe(true);
    await pass(1);
    expect(pulse.isFresh()).toBe(false);
    expect(joining.gaveUp).toEqual([]);
    await joining.end();
    const before = beats;
    await pass(10_000);
    expect(beats).toBe(before);
  });

  it('takes no answer for longer where it is of another generation, or none at all', async () => {
    pulse.joined(performance.now());
    await pulse.beat(me);
    for (const [nth, wrong] of [
      refused('ILLEGAL_GENERATION'),
      refused('COORDINATOR_NOT_AVAILABLE'),
    ].entries()) {
      answer = wrong;
      const joining = join(1);
      await pass(12_400);
      expect(pulse.isFresh()).toBe(true);
      // That the group has gone on without our hearing of it ends the joining; that nothing is heard does not.
      expect(joining.gaveUp).toEqual(nth === 0 ? [4] : []);
      await joining.end();
      expect(beats).toBe(1 + 4 * (nth + 1));
    }
    await pass(200);
    expect(pulse.isFresh()).toBe(false);
  });

  it('gives a joining up that its coordinator knows nothing of', async () => {
    pulse.joined(performance.now());
    await pulse.beat(me);
    const unknown = join(1);
    await pass(6_000);
    expect(unknown.gaveUp).toEqual([]);
    await pass(3_000);
    expect(unknown.gaveUp).toEqual([4]);
    await unknown.end();
  });

  it('or that is at another broker than the one which coordinates now, whatever that one says', async () => {
    pulse.joined(performance.now());
    await pulse.beat(me);
    answer = sharingOut;
    const elsewhere = join(2);
    await pass(3_000);
    expect(elsewhere.gaveUp).toEqual([2]);
    await elsewhere.end();
  });

  it('ends with the first answer that says the group let it go', async () => {
    pulse.joined(performance.now());
    await pulse.beat(me);
    answer = refused('UNKNOWN_MEMBER_ID');
    const expelled = join(1);
    await pass(3_000);
    expect(expelled.gaveUp).toEqual([2]);
    expect(pulse.isFresh()).toBe(false);
    await expelled.end();
  });

  it('is not brought back by a coordinator that has not read its groups yet, and says that all is well', async () => {
    expect(await pulse.beat(me)).toBe(false);
    pulse.joined(performance.now());
    expect(await pulse.beat(me)).toBe(true);
    await pass(30_001);
    expect(await pulse.beat(me)).toBe(false);
    const joining = join(1);
    await pass(3_000);
    await joining.end();
    expect(pulse.isFresh()).toBe(false);
    pulse.joined(performance.now());
    expect(pulse.isFresh()).toBe(true);
  });

  it('waits for its part as long as it takes, once the group knows that it is there', async () => {
    let end = () => {};
    const given = pulse.whileSharedOut(new Promise<void>((resolve) => (end = resolve)), me);
    pulse.joined(performance.now());
    await pass(54_000);
    expect(pulse.isFresh()).toBe(true);
    // Whoever does not fetch its part is left behind as well: the answers of a pulse are no proof of that.
    await pass(1_000);
    expect(pulse.isFresh()).toBe(false);
    end();
    await given;
  });

  it('takes no sharing out for a sign of life then: old coordinators do not count the beat', async () => {
    pulse.joined(performance.now());
    answer = sharingOut;
    let end = () => {};
    const given = pulse.whileSharedOut(new Promise<void>((resolve) => (end = resolve)), me);
    await pass(25_000);
    expect(pulse.isFresh()).toBe(false);
    end();
    await given;
  });

  it('who is in no group yet sends nothing', async () => {
    const over = { nodeId: 1, cut: () => {} };
    const joining = pulse.whileJoining(pass(9_000), { memberId: '', generation: -1 }, over);
    await joining;
    expect(beats).toBe(0);
  });

  it('knows nothing any more once the group let it go', async () => {
    pulse.joined(performance.now());
    await pulse.beat(me);
    pulse.lost();
    expect(pulse.isFresh()).toBe(false);
  });
});
