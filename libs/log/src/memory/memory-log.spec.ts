import { describe, expect, it } from '@jest/globals';
import { describeLogContract, eventually } from '#testkit';
import type { GroupHandlers } from '../port/group.ts';
import type { NewRecord } from '../port/record.ts';
import { MemoryLog } from './memory-log.ts';
import { MemoryStore } from './memory-store.ts';

describeLogContract('memory', async () => {
  const store = new MemoryStore();
  const log = new MemoryLog(store);
  const opened = [log];
  return {
    log,
    reopen: async () => {
      for (const one of opened) one.crash();
      const next = new MemoryLog(store);
      opened.push(next);
      return next;
    },
    close: async () => {
      await Promise.all(opened.map((one) => one.close()));
    },
  };
});

const record = (text: string, partition = 0): NewRecord => ({
  topic: 'events',
  partition,
  key: null,
  headers: {},
  value: new TextEncoder().encode(text),
});

interface Member {
  readonly claims: number[];
  readonly losses: number[];
  readonly offsets: number[];
  readonly handlers: GroupHandlers;
}

const member = (drained: Promise<void> = Promise.resolve()): Member => {
  const noted = { claims: [] as number[], losses: [] as number[], offsets: [] as number[] };
  return {
    ...noted,
    handlers: {
      onClaim: async (partition) => void noted.claims.push(partition),
      onSlice: (slice) => void noted.offsets.push(...slice.records.map((one) => one.offset)),
      onLose: (partition) => {
        noted.losses.push(partition);
        return drained;
      },
      onCrash: (error) => {
        throw error;
      },
    },
  };
};

const open = async () => {
  const store = new MemoryStore();
  const log = new MemoryLog(store);
  await log.ensureTopics(4);
  return { store, log, other: new MemoryLog(store) };
};
const dispatcher = { name: 'dispatcher', topics: ['events', 'outcomes'] as const };

describe('memory log with several members', () => {
  it('shares partitions out evenly, moves only as many as it must, and gives them back', async () => {
    const { log, other } = await open();
    const [a, b] = [member(), member()];
    const first = await log.join(dispatcher, a.handlers);
    await eventually(() => expect(a.claims).toEqual([0, 1, 2, 3]));
    const second = await other.join(dispatcher, b.handlers);
    await eventually(() => expect(b.claims).toHaveLength(2));
    expect(new Set(a.losses)).toEqual(new Set(b.claims));
    for (const partition of b.claims)
      expect([first.owns(partition), second.owns(partition)]).toEqual([false, true]);
    await second.leave();
    await eventually(() => expect(a.claims).toHaveLength(6));
    expect(first.memberId).not.toBe(second.memberId);
  });

  it('passes a partition through nobody: the next owner is told when the one before has let go', async () => {
    const { log, other } = await open();
    let drained = () => {};
    const a = member(new Promise((resolve) => (drained = resolve)));
    const b = member();
    const first = await log.join(dispatcher, a.handlers);
    await eventually(() => expect(a.claims).toHaveLength(4));
    const second = await other.join(dispatcher, b.handlers);
    await eventually(() => expect(a.losses).toHaveLength(2));
    const [moving = -1] = a.losses;
    // R9: nothing starts; R12: what was started is finished.
    expect([first.owns(moving), first.holds(moving), second.owns(moving)]).toEqual([false, true, false]);
    await first.commit('events', moving, 7);
    expect((await second.committed('events', moving))?.offset).toBe(7);
    expect(b.claims).toEqual([]);
    drained();
    await eventually(() => expect(b.claims).toHaveLength(2));
    expect(first.holds(moving)).toBe(false);
    await first.commit('events', moving, 3);
    expect((await second.committed('events', moving))?.offset).toBe(7);
  });

  it('gives what a dying member was draining to the others', async () => {
    const { store, log, other } = await open();
    const a = member(new Promise(() => {}));
    const b = member();
    const first = await log.join(dispatcher, a.handlers);
    await eventually(() => expect(a.claims).toHaveLength(4));
    await other.join(dispatcher, b.handlers);
    await eventually(() => expect(a.losses).toHaveLength(2));
    store.crash(first.memberId);
    await eventually(() => expect(b.claims.toSorted((x, y) => x - y)).toEqual([0, 1, 2, 3]));
  });

  it('claims what it is still draining only once that is over, and drops what the old claim asks for', async () => {
    const { store, log } = await open();
    let drained = () => {};
    const a = member(new Promise((resolve) => (drained = resolve)));
    const group = await log.join(dispatcher, a.handlers);
    await eventually(() => expect(a.claims).toHaveLength(4));
    await group.commit('events', 0, 5);
    store.expel(group.memberId);
    expect([group.owns(0), group.holds(0)]).toEqual([false, false]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    // R11: the zombie's own drain, while the group has given it the partition again.
    await group.commit('events', 0, 2);
    expect((await group.committed('events', 0))?.offset).toBe(5);
    expect(a.claims).toHaveLength(4);
    drained();
    await eventually(() => expect(a.claims).toHaveLength(8));
    expect(group.owns(0)).toBe(true);
  });

  it('hands over partitions that stay again from their commit', async () => {
    const { log, other } = await open();
    await log.append([record('a'), record('b'), record('c')]);
    const a = member();
    const group = await log.join(dispatcher, a.handlers);
    await eventually(() => expect(a.offsets).toEqual([0, 1, 2]));
    await group.commit('events', 0, 1);
    await other.join(dispatcher, member().handlers);
    await eventually(() => expect(a.losses).toHaveLength(2));
    if (group.owns(0)) await eventually(() => expect(a.offsets).toEqual([0, 1, 2, 1, 2]));
    expect(group.owns(0) || group.owns(3)).toBe(true);
  });

  it('lets others take over from a crashed member, which hears nothing and can do nothing', async () => {
    const { store, log, other } = await open();
    const [a, b] = [member(), member()];
    const dead = await log.join(dispatcher, a.handlers);
    await eventually(() => expect(a.claims).toHaveLength(4));
    await other.join(dispatcher, b.handlers);
    await eventually(() => expect(b.claims).toHaveLength(2));
    const lost = a.losses.length;
    store.crash(dead.memberId);
    await eventually(() => expect(b.claims).toHaveLength(4));
    await dead.commit('events', 0, 9);
    expect([dead.isFresh(), a.losses.length]).toEqual([false, lost]);
    expect(store.group('dispatcher').commits.size).toBe(0);
  });

  it('gives an expelled member a new id, after it lost everything', async () => {
    const { store, log } = await open();
    const a = member();
    const group = await log.join(dispatcher, a.handlers);
    await eventually(() => expect(a.claims).toHaveLength(4));
    const before = group.memberId;
    store.expel(before);
    expect(a.losses).toEqual([0, 1, 2, 3]);
    await eventually(() => expect(a.claims).toHaveLength(8));
    expect(group.memberId).not.toBe(before);
  });

  it('says so when the heartbeat is stale', async () => {
    const { store, log } = await open();
    const group = await log.join(dispatcher, member().handlers);
    store.setFresh(group.memberId, false);
    expect(group.isFresh()).toBe(false);
  });
});

describe('memory log failing on demand', () => {
  it('fails one append, written or not', async () => {
    const { store, log } = await open();
    store.failNextAppend();
    await expect(log.append([record('a')])).rejects.toMatchObject({ code: 'log_unavailable' });
    store.failNextAppend({ error: new Error('answer lost'), written: true });
    await expect(log.append([record('b')])).rejects.toThrow('answer lost');
    expect(await log.endOffsets('events')).toEqual([1, 0, 0, 0]);
  });

  it('forgets old records, and keeps counting', async () => {
    const { store, log } = await open();
    await log.append([record('a'), record('b')]);
    store.truncate('events', 0, 2);
    expect(await log.startOffsets('events')).toEqual([2, 0, 0, 0]);
    expect(await log.readOne('events', 0, 1)).toBeUndefined();
    const [next] = await log.append([record('c')]);
    expect(next?.offset).toBe(2);
  });
});
