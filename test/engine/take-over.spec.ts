import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { encodeWaiting, LogError, MemoryLog, partitionOf, type MemoryStore } from '#log';
import type { Outcome } from '#domain';
import { DispatcherRig, PARTITIONS } from '../support/dispatcher-rig.ts';
import { freeClock, holdClock, pass, until } from '../support/held-clock.ts';
import { Lives } from '../support/lives.ts';

const S = 1_000;
const M = 60 * S;
const H = 60 * M;

describe('a process that dies', () => {
  let lives: Lives;
  let store: MemoryStore;
  let tenant: string;
  let endpoint: string;
  const partition = () => partitionOf(tenant, PARTITIONS);
  const endOf = (topic: Parameters<MemoryStore['partition']>[0]) => store.partition(topic, partition()).end;
  const sent = () => lives.sender.sent.length;
  const told = async () =>
    (await lives.rig.outcomes()).map(({ attempt, decision }: Outcome) => `${attempt} ${decision.kind}`);

  beforeEach(async () => {
    holdClock();
    lives = new Lives();
    ({ store } = lives);
    await lives.begin();
    tenant = await lives.rig.tenant('hyperleap');
    endpoint = await lives.rig.endpoint(tenant);
  });

  afterEach(async () => {
    if (lives.isAlive) await until(lives.stop());
    freeClock();
  });

  /** Calls `then` in the turn in which the n-th append to the topic has become durable, before anybody knows. */
  function whenDurable(topic: string, then: () => void, nth = 1): void {
    const append = store.append.bind(store);
    let left = nth;
    store.append = async (records) => {
      const answer = await append(records);
      if (records.some((record) => record.topic === topic) && (left -= 1) === 0) {
        store.append = append;
        then();
      }
      return answer;
    };
  }

  it('HT-8: before the outcome is durable: the attempt in flight is made once more, and no other', async () => {
    lives.sender.answer = (_, nth) => ({ status: 200, after: nth === 0 ? 5 * S : 1 });
    await lives.rig.publish(tenant);
    await pass(S);
    await lives.restart();
    await pass(M);
    expect(sent()).toBe(2);
    expect(await told()).toEqual(['1 delivered']);
  });

  it('outcome durable, successor not: it is not sent again, and its successor is placed at its time', async () => {
    const began = Date.now();
    lives.sender.answer = (_, nth) => (nth === 0 ? 500 : 200);
    whenDurable('outcomes', () => lives.crash());
    await lives.rig.publish(tenant);
    await pass(200);
    expect(lives.isAlive).toBe(false);
    await lives.begin();
    await pass(M);
    expect(sent()).toBe(2);
    const second = lives.sender.sent[1]!;
    expect(second.at - began).toBeGreaterThanOrEqual(S);
    expect(second.at - began).toBeLessThan(2 * S + 300);
    expect(await told()).toEqual(['1 retry', '2 delivered']);
  });

  it.each([
    ['is switched off', { type: 'turn-off', heldFrom: null }, ['1 retry', '2 cancelled']],
    ['is deleted', { type: 'delete' }, ['1 retry', '2 cancelled']],
    ['wants other events', { type: 'update', settings: { events: ['other'] } }, ['1 retry', '2 delivered']],
  ] as const)(
    'outcome durable, successor not, and then the endpoint %s: the delivery comes to an end all the same',
    async (_, command, ends) => {
      lives.sender.answer = (_request, nth) => (nth === 0 ? 500 : 200);
      whenDurable('outcomes', () => lives.crash());
      await lives.rig.publish(tenant);
      await pass(200);
      expect(lives.isAlive).toBe(false);
      const admin = new DispatcherRig(new MemoryLog(store));
      const fail = (error: unknown) => {
        throw error;
      };
      await admin.control.start(admin.log, { onNewer: fail, onUnreadable: fail, onError: fail });
      await until(admin.writer.endpoint(endpoint, { ...command, at: Date.now() }, 'key:1'));
      await admin.control.stop();
      await lives.begin();
      await pass(M);
      expect(await told()).toEqual(ends);
    },
  );

  it('successor durable, commit not: both placements lead to one attempt', async () => {
    lives.sender.answer = (_, nth) => (nth === 0 ? 500 : { status: 200, after: 3 * S });
    whenDurable('retry.1s', () => lives.crash());
    await lives.rig.publish(tenant);
    await pass(200);
    await lives.begin();
    await pass(M);
    expect(endOf('retry.1s')).toBe(2);
    expect(sent()).toBe(2);
    expect(await told()).toEqual(['1 retry', '2 delivered']);
  });

  it('an overdue successor in the log and the same one placed again never fly together', async () => {
    lives.sender.answer = (_, nth) => (nth === 0 ? 500 : { status: 200, after: 8 * S });
    whenDurable('retry.1s', () => lives.crash());
    await lives.rig.publish(tenant);
    await pass(20 * M);
    await lives.begin();
    await pass(M);
    expect(sent()).toBe(2);
    expect(await told()).toEqual(['1 retry', '2 delivered']);
  });

  it('in the middle of a fan-out: the rest is sent, the first ones are not sent again', async () => {
    for (let n = 0; n < 199; n += 1) await lives.rig.endpoint(tenant);
    whenDurable('outcomes', () => lives.crash());
    await lives.rig.publish(tenant);
    await pass(200);
    const before = sent();
    const durable = endOf('outcomes');
    await lives.begin();
    await pass(M);
    expect(new Set((await lives.rig.outcomes()).map(({ ref }) => ref.endpointId)).size).toBe(200);
    expect(sent()).toBe(200 + before - durable);
  });

  it('while a delivery waits in a tier: it comes at its time', async () => {
    const began = Date.now();
    lives.sender.answer = (_, nth) => (nth < 2 ? 500 : 200);
    await lives.rig.publish(tenant);
    await pass(3 * S);
    await lives.restart();
    await pass(M);
    const third = lives.sender.sent[2]!;
    expect(third.at - began).toBeGreaterThanOrEqual(5 * S);
    expect(third.at - began).toBeLessThan(5 * S + 100);
    expect(await told()).toEqual(['1 retry', '2 retry', '3 delivered']);
  });

  it('after an outage longer than anything is remembered: what was sent is still known', async () => {
    lives.sender.answer = () => 200;
    whenDurable('outcomes', () => lives.crash());
    await lives.rig.publish(tenant);
    await pass(200);
    await pass(3 * H);
    await lives.begin();
    await pass(M);
    expect(sent()).toBe(1);
  });

  it('twice, with an older record stuck in hand: outcomes from two lives ago are still known', async () => {
    const stuck = await lives.rig.endpoint(tenant);
    const urlOfStuck = lives.rig.url(stuck);
    lives.sender.answer = (request) => (request.url === urlOfStuck ? 'hang' : 200);
    await lives.rig.publish(tenant);
    await pass(5 * S);
    await lives.restart();
    await pass(30 * M);
    await lives.restart();
    await pass(M);
    expect(lives.sender.to(lives.rig.url(endpoint))).toHaveLength(1);
    expect(lives.sender.to(urlOfStuck)).toHaveLength(3);
    lives.crash();
  });

  it('with a hop placed twice, far apart: one attempt, at its time', async () => {
    const began = Date.now();
    const patient = await lives.rig.tenant('standard-webhooks');
    await lives.rig.endpoint(patient);
    // 70 s: a minute, then 4, 4, 1, 1 s.
    lives.sender.answer = (_, nth) => (nth === 0 ? { status: 429, retryAfterMs: 70 * S } : 200);
    await lives.rig.publish(patient);
    await pass(50 * S);
    whenDurable('retry.4s', () => lives.crash());
    await pass(15 * S);
    expect(lives.isAlive).toBe(false);
    await pass(25 * M);
    await lives.begin();
    await pass(2 * H);
    expect(sent()).toBe(2);
    expect(lives.sender.sent[1]!.at - began).toBeLessThan(27 * M);
  });

  it('a copy of a waiting record, later in the chain than the one in flight, is not sent', async () => {
    lives.sender.answer = (_, nth) => (nth === 0 ? 500 : { status: 200, after: 8 * S });
    await lives.rig.publish(tenant);
    await pass(500);
    const [first] = await lives.rig.outcomes();
    const ref = first!.ref;
    const waiting = { ref, attempt: 2, step: 9, dueAt: Date.now(), hops: [], deferredSince: null };
    const encoded = encodeWaiting({ ...waiting, body: lives.sender.sent[0]!.body });
    await pass(800);
    await lives.rig.log.append([{ topic: 'retry.1s', partition: partition(), ...encoded }]);
    await pass(M);
    expect(sent()).toBe(2);
  });

  it('by SIGTERM repeats nothing: attempts in flight end, their facts are written, commits are done', async () => {
    const slow = await lives.rig.endpoint(tenant);
    const urlOfSlow = lives.rig.url(slow);
    lives.sender.answer = (request) =>
      request.url === urlOfSlow ? { status: 500, after: 5 * S } : { status: 200, after: 10 };
    const nobody = await lives.rig.tenant('hyperleap');
    for (let n = 0; n < 50; n += 1) await lives.rig.publish(tenant);
    await lives.rig.publish(nobody);
    await pass(2);
    await until(lives.stop());
    expect(store.group('dispatcher').commits.get(`events/${partition()}`)?.offset).toBeGreaterThan(0);
    const unmatched = store.partition('outcomes', partitionOf(nobody, PARTITIONS)).end;
    await lives.begin();
    await pass(10 * M);
    const perKey = new Map<string, number>();
    for (const { url, headers } of lives.sender.sent) {
      const key = `${url} ${headers['X-Hyperleap-Delivery-Id']}`;
      perKey.set(key, (perKey.get(key) ?? 0) + 1);
    }
    const counts = [...perKey].map(([key, count]) => (key.startsWith(urlOfSlow) ? count - 4 : count - 1));
    expect(counts.every((extra) => extra === 0)).toBe(true);
    expect(perKey.size).toBe(100);
    if (partitionOf(nobody, PARTITIONS) !== partition())
      expect(store.partition('outcomes', partitionOf(nobody, PARTITIONS)).end).toBe(Math.max(1, unmatched));
  });

  it('expelled and back under a new id, it waits for what it has in flight (R11)', async () => {
    lives.sender.answer = () => ({ status: 200, after: 8 * S });
    await lives.rig.publish(tenant);
    await pass(S);
    lives.expel();
    await pass(M);
    expect(sent()).toBe(1);
    await lives.rig.publish(tenant);
    await pass(M);
    expect(sent()).toBe(2);
    expect(lives.rig.dispatcher.gauges().inHand).toBe(0);
  });

  it('takes over once the log answers again, however long it was away', async () => {
    const { log } = lives.rig;
    const startOffsets = log.startOffsets.bind(log);
    log.startOffsets = () => Promise.reject(new LogError('log_unavailable', 'no broker answers'));
    // Where the group stands cannot be read either.
    const group = store.group('dispatcher');
    const { commits } = group;
    const read = commits.get.bind(commits);
    commits.get = (key) => {
      if (key.startsWith('outcomes')) return read(key);
      throw new LogError('log_unavailable', 'no broker answers');
    };
    lives.expel();
    await pass(M);
    await lives.rig.publish(tenant);
    await pass(S);
    expect(sent()).toBe(0);
    expect(lives.rig.signals.alerts).toContain('take_over_waits');
    log.startOffsets = startOffsets;
    await pass(S);
    expect(sent()).toBe(0);
    commits.get = read;
    await pass(S);
    expect(sent()).toBe(1);
    expect(lives.rig.crashes).toEqual([]);
  });

  it('starts nothing while appends are stuck, and goes on when they are not (R14)', async () => {
    lives.sender.answer = () => 200;
    const go = store.stall();
    const published: Promise<unknown>[] = [];
    // Straight into the topic: the stall is for the dispatcher's own appends.
    go();
    await lives.rig.publish(tenant);
    const go2 = store.stall();
    await pass(2 * S);
    expect(sent()).toBe(1);
    published.push(lives.rig.publish(tenant));
    const bypass = lives.rig.publish(tenant);
    published.push(bypass);
    await pass(5 * S);
    go2();
    await until(Promise.all(published));
    await pass(S);
    expect(sent()).toBe(3);
    expect(await told()).toEqual(['1 delivered', '1 delivered', '1 delivered']);
  });
});
