import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryLog, partitionOf } from '#log';
import type { Answer } from '../support/fake-sender.ts';
import { DispatcherRig, PARTITIONS } from '../support/dispatcher-rig.ts';
import { freeClock, holdClock, pass, until } from '../support/held-clock.ts';
import { Lives } from '../support/lives.ts';

const S = 1_000;
const M = 60 * S;

describe('a partition that goes to another process', () => {
  let lives: Lives;
  let tenant: string;
  let endpoint: string;
  const others: DispatcherRig[] = [];
  const sent = () => lives.sender.sent.length;
  const memberIds = () => lives.store.group('dispatcher').members.map(({ memberId }) => memberId);
  const placed = () => lives.store.partition('retry.1s', partitionOf(tenant, PARTITIONS)).end;
  const told = async () =>
    (await lives.outcomes()).map(({ attempt, decision }) => `${attempt} ${decision.kind}`);

  beforeEach(async () => {
    holdClock();
    lives = new Lives();
    const rig = await lives.begin();
    tenant = await rig.tenant('hyperleap');
    endpoint = await rig.endpoint(tenant);
  });

  afterEach(async () => {
    for (const rig of others.splice(0)) {
      await until(rig.close());
      await until(rig.log.close());
    }
    await until(lives.stop());
    freeClock();
  });

  /** With an endpoint: which partition moves when depends on its number. */
  const tenantOn = async (partition: number): Promise<string> => {
    for (let n = 0; ; n += 1) {
      if (partitionOf(`t${n}`, PARTITIONS) !== partition) continue;
      const id = await lives.rig.tenant('hyperleap', `t${n}`);
      await lives.rig.endpoint(id);
      return id;
    }
  };

  const another = async (): Promise<DispatcherRig> => {
    const { sender, rig, store } = lives;
    const next = new DispatcherRig(new MemoryLog(store), { sender, secrets: rig.secrets });
    others.push(next);
    await next.open();
    return next;
  };

  /** The process lives on and may append, but the group has given all it had to somebody else. */
  const takeAllFrom = (memberId: string | undefined) => lives.store.crash(memberId ?? '');

  /** The first owner's attempt and the next one's, of the same delivery, at the same time: allowed, at a loss (P4). */
  const overlap = async (first: Answer, next: Answer) => {
    const answers = [first, next];
    lives.sender.answer = (_, nth) => answers[nth] ?? 200;
    const [old] = memberIds();
    await lives.rig.publish(tenant);
    await pass(S);
    await another();
    takeAllFrom(old);
    await pass(S);
    expect(sent()).toBe(2);
  };

  it('follows the outcome that was first, though its owner wrote it late: a retry goes on (R3, R9)', async () => {
    const began = Date.now();
    await overlap({ status: 500, after: 4 * S }, { status: 200, after: 8 * S });
    await pass(4 * S);
    // The fact is written; what follows from it is not the old owner's to place.
    expect(await told()).toEqual(['1 retry']);
    expect(placed()).toBe(0);
    await pass(M);
    expect(await told()).toEqual(['1 retry', '1 delivered', '2 delivered']);
    expect(sent()).toBe(3);
    expect(lives.sender.sent[2]!.at - began).toBeGreaterThan(9 * S);
  });

  it('follows the outcome that was first, though its owner wrote it late: what is delivered is not sent again', async () => {
    await overlap({ status: 200, after: 4 * S }, { status: 500, after: 8 * S });
    await pass(M);
    expect(await told()).toEqual(['1 delivered', '1 retry']);
    expect(sent()).toBe(2);
  });

  it('ignores what its old owner tells later than the new one', async () => {
    await overlap({ status: 500, after: 20 * S }, { status: 200, after: 4 * S });
    await pass(M);
    expect(await told()).toEqual(['1 delivered', '1 retry']);
    expect(sent()).toBe(2);
    expect(placed()).toBe(0);
  });

  it('both ask for another attempt: one is made', async () => {
    await overlap({ status: 500, after: 4 * S }, { status: 503, after: 6 * S });
    await pass(M);
    expect(await told()).toEqual(['1 retry', '1 retry', '2 delivered']);
    expect(sent()).toBe(3);
  });

  it('goes on with what its old owner told late, though the endpoint wanted the event no more when it was met again (R8)', async () => {
    lives.sender.answer = () => ({ status: 500, after: 4 * S });
    const [old] = memberIds();
    await lives.rig.publish(tenant);
    await pass(S);
    expect(sent()).toBe(1);
    lives.sender.answer = () => 200;
    await until(
      lives.rig.writer.endpoint(endpoint, { type: 'turn-off', heldFrom: null, at: Date.now() }, 'test'),
    );
    const rig = await another();
    takeAllFrom(old);
    await pass(S);
    // The new owner has asked who wants it, and is done with it.
    expect(rig.dispatcher.gauges().inHand).toBe(0);
    expect(await told()).toEqual([]);
    await pass(4 * S);
    expect(await told()).toEqual(['1 retry']);
    // Nothing else happens on the partition: it is found all the same.
    await pass(M);
    expect(await told()).toEqual(['1 retry', '2 cancelled']);
    expect(sent()).toBe(1);
    expect(placed()).toBe(1);
    expect(rig.dispatcher.gauges().inHand).toBe(0);
  });

  it('stays with a process whose heartbeat is only late: it places nothing meanwhile, and goes on then (R9)', async () => {
    const [memberId = ''] = memberIds();
    lives.sender.answer = (_, nth) => (nth === 0 ? { status: 500, after: 2 * S } : 200);
    await lives.rig.publish(tenant);
    await pass(S);
    lives.store.setFresh(memberId, false);
    await lives.rig.publish(tenant);
    await pass(10 * S);
    expect(await told()).toEqual(['1 retry']);
    expect([placed(), sent()]).toEqual([0, 1]);
    lives.store.setFresh(memberId, true);
    await pass(M);
    expect(await told()).toEqual(['1 retry', '1 delivered', '2 delivered']);
    expect(lives.rig.dispatcher.gauges().inHand).toBe(0);
  });

  it.each(Array.from({ length: PARTITIONS }, (_, partition) => partition))(
    'partition %i, given back by a live process: repeats nothing, and comes with its commits (R12)',
    async (partition) => {
      tenant = await tenantOn(partition);
      lives.sender.answer = (_, nth) =>
        nth === 0 ? { status: 500, after: 8 * S } : { status: 200, after: S };
      for (let n = 0; n < 5; n += 1) await lives.rig.publish(tenant);
      await pass(500);
      expect(sent()).toBe(5);
      await another();
      const stopping = lives.rig.close();
      await pass(M);
      await until(stopping);
      expect((await told()).toSorted()).toEqual(
        ['1 delivered', '1 delivered', '1 delivered', '1 delivered', '1 retry', '2 delivered'].toSorted(),
      );
      expect(sent()).toBe(6);
      const { commits } = lives.store.group('dispatcher');
      expect(commits.get(`events/${partitionOf(tenant, PARTITIONS)}`)?.offset).toBe(5);
    },
  );
});
