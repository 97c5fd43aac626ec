import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Log } from '#log';
import { eventually } from './eventually.ts';
import { claimAll, collect, PARTITIONS, record, type OpenLog } from './log-contract-words.ts';

const ascending = (a: number, b: number) => a - b;

/** The part of the log's contract that consumers in groups rely on. */
export function describeGroupContract(current: () => OpenLog): void {
  describe('groups', () => {
    let opened: OpenLog;
    let log: Log;

    beforeEach(() => {
      opened = current();
      log = opened.log;
    });

    it('hand over each partition in order, all topics of a partition to the one that claimed it', async () => {
      await log.append([record('a', 1), record('b', 1), record('c', 2), record('d', 1, 'outcomes')]);
      const all = await claimAll(log, { topics: ['events', 'outcomes'] });
      await log.append([record('e', 1)]);
      await eventually(() => expect(all.seen('events', 1)).toEqual(['a', 'b', 'e']));
      await eventually(() => expect(all.seen('events', 2)).toEqual(['c']));
      await eventually(() => expect(all.seen('outcomes', 1)).toEqual(['d']));
      expect(all.claimed.toSorted(ascending)).toEqual([0, 1, 2, 3]);
      expect(all.group.owns(1)).toBe(true);
      expect(all.group.isFresh()).toBe(true);
      expect([all.group.position('events', 1), all.group.position('events', 3)]).toEqual([3, 0]);
      await all.group.leave();
      expect(all.lost.toSorted(ascending)).toEqual([0, 1, 2, 3]);
      expect(all.group.owns(1)).toBe(false);
      expect(all.group.position('events', 1)).toBeUndefined();
    });

    it('go on from the commit after a crash: every undone record again, nothing below it', async () => {
      await log.append(['a', 'b', 'c', 'd', 'e'].map((text) => record(text)));
      const before = await claimAll(log, { onCrash: () => {} });
      await eventually(() => expect(before.seen('events', 0)).toHaveLength(5));
      await before.group.commit('events', 0, 2, 'mine');
      const next = await opened.reopen();
      const after = await claimAll(next);
      await eventually(() => expect(after.seen('events', 0)).toEqual(['c', 'd', 'e']));
    }, 60_000);

    it('start at the first record after a crash before the first commit', async () => {
      await log.append([record('a'), record('b')]);
      // It may notice that it dies.
      const before = await claimAll(log, { onCrash: () => {} });
      await eventually(() => expect(before.seen('events', 0)).toHaveLength(2));
      const next = await opened.reopen();
      const after = await claimAll(next);
      await eventually(() => expect(after.seen('events', 0)).toEqual(['a', 'b']));
    }, 60_000);

    it('keep the note of a commit, and know of none before the first', async () => {
      const all = await claimAll(log);
      expect(await all.group.committed('events', 0)).toBeUndefined();
      const metadata = 'member-1/é/'.padEnd(3_000, 'x');
      await all.group.commit('events', 0, 0, metadata);
      await all.group.commit('events', 1, 7);
      expect(await all.group.committed('events', 0)).toEqual({ offset: 0, metadata });
      expect(await all.group.committed('events', 1)).toEqual({ offset: 7, metadata: '' });
      expect(await all.group.committed('events', 2)).toBeUndefined();
    });

    it('are independent of each other', async () => {
      await log.append([record('a'), record('b')]);
      const one = await claimAll(log, { name: 'one' });
      await eventually(() => expect(one.seen('events', 0)).toEqual(['a', 'b']));
      await one.group.commit('events', 0, 2);
      const two = await claimAll(log, { name: 'two' });
      await eventually(() => expect(two.seen('events', 0)).toEqual(['a', 'b']));
      expect(await two.group.committed('events', 0)).toBeUndefined();
    });

    it('start where onClaim says, whatever was committed', async () => {
      await log.append(['a', 'b', 'c', 'd'].map((text) => record(text)));
      await log.append(['x', 'y'].map((text) => record(text, 0, 'outcomes')));
      const first = await claimAll(log, { topics: ['events', 'outcomes'] });
      await first.group.commit('events', 0, 1);
      await first.group.commit('outcomes', 0, 1);
      await first.group.leave();
      const second = await claimAll(log, {
        topics: ['events', 'outcomes'],
        starts: (partition) => (partition === 0 ? [{ topic: 'events', offset: 3 }] : []),
      });
      await eventually(() => expect(second.seen('events', 0)).toEqual(['d']));
      await eventually(() => expect(second.seen('outcomes', 0)).toEqual(['y']));
    }, 60_000);

    it('hand over nothing of a partition before its claim is through', async () => {
      await log.append([record('a')]);
      let through = () => {};
      const gate = new Promise<void>((resolve) => (through = resolve));
      const all = await collect(log, { onClaim: () => gate });
      await eventually(() => expect(all.claimed).toHaveLength(PARTITIONS));
      await log.append([record('b')]);
      expect(all.seen('events', 0)).toEqual([]);
      through();
      await eventually(() => expect(all.seen('events', 0)).toEqual(['a', 'b']));
    });

    it('may be read, paused and committed from within the claim', async () => {
      await log.append([record('a', 0, 'outcomes'), record('b')]);
      const all = await collect(log, {
        topics: ['events', 'outcomes'],
        onClaim: async (partition, group) => {
          group().pause('outcomes', partition);
          await group().commit('outcomes', partition, 0, group().memberId);
        },
      });
      await eventually(() => expect(all.seen('events', 0)).toEqual(['b']));
      expect(all.seen('outcomes', 0)).toEqual([]);
      expect((await all.group.committed('outcomes', 0))?.metadata).toBe(all.group.memberId);
      all.group.resume('outcomes', 0);
      await eventually(() => expect(all.seen('outcomes', 0)).toEqual(['a']));
    });

    it('hold back a paused partition, and only that one', async () => {
      const all = await claimAll(log);
      all.group.pause('events', 0);
      all.group.pause('events', 0);
      await log.append([record('a'), record('b', 1)]);
      await eventually(() => expect(all.seen('events', 1)).toEqual(['b']));
      expect(all.seen('events', 0)).toEqual([]);
      all.group.resume('events', 0);
      await eventually(() => expect(all.seen('events', 0)).toEqual(['a']));
    });

    it('stop within a slice or two of a pause, and lose nothing by it', async () => {
      const many = Array.from({ length: 300 }, (_, i) => `${i}`);
      await log.append(many.map((text) => record(text)));
      const all = await claimAll(log, {
        sliceRecords: 10,
        onSlice: (group, slice) => group().pause(slice.topic, slice.partition),
      });
      for (let pausing = 1; all.seen('events', 0).length < 300; pausing += 1) {
        await eventually(() => expect(all.seen('events', 0).length).toBeGreaterThanOrEqual(pausing));
        all.group.resume('events', 0);
        expect(pausing).toBeLessThanOrEqual(300);
      }
      expect([...new Set(all.seen('events', 0))]).toEqual(many);
    }, 60_000);

    it('hand over a record larger than the slice by itself', async () => {
      const large = 'x'.repeat(200_000);
      await log.append([record('a'), record(large), record('b')]);
      const all = await claimAll(log, { sliceBytes: 1_000 });
      await eventually(() => expect(all.seen('events', 0)).toEqual(['a', large, 'b']));
    });

    it('seek back and forth: the next slice begins there', async () => {
      await log.append(['a', 'b', 'c', 'd'].map((text) => record(text)));
      const all = await claimAll(log);
      await eventually(() => expect(all.seen('events', 0)).toHaveLength(4));
      all.group.seek('events', 0, 2);
      await eventually(() => expect(all.seen('events', 0).slice(4)).toEqual(['c', 'd']));
      all.group.pause('events', 0);
      all.group.seek('events', 0, 1);
      all.group.seek('events', 0, 3);
      all.group.resume('events', 0);
      await eventually(() => expect(all.seen('events', 0).slice(6)).toEqual(['d']));
    });

    it('ignore commits of what is not owned', async () => {
      const gone = await claimAll(log);
      await gone.group.commit('events', 0, 5);
      await gone.group.leave();
      await gone.group.commit('events', 0, 9);
      const next = await claimAll(log);
      expect((await next.group.committed('events', 0))?.offset).toBe(5);
    }, 60_000);

    it('tell each loss once, however often the member leaves and the log closes', async () => {
      const all = await claimAll(log);
      await Promise.all([all.group.leave(), log.close(), all.group.leave(), log.close()]);
      expect(all.lost.toSorted(ascending)).toEqual([0, 1, 2, 3]);
    });

    it('let a leaving member commit what it drains', async () => {
      const leaving = await collect(log, {
        onLose: (partition, group) => group().commit('events', partition, 40 + partition),
      });
      await eventually(() => expect(leaving.claimed).toHaveLength(PARTITIONS));
      await leaving.group.leave();
      const next = await claimAll(log);
      expect((await next.group.committed('events', 3))?.offset).toBe(43);
    }, 60_000);
  });
}
