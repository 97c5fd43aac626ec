import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Log } from '#log';
import { eventually } from './eventually.ts';
import { claimAll, collect, PARTITIONS, record, textOf, texts } from './log-contract-words.ts';

export interface OpenLog {
  readonly log: Log;
  /** The same log as a new process finds it after the one before has crashed; may be called again. */
  reopen(): Promise<Log>;
  close(): Promise<void>;
}

/** What every adapter of the log port must do (DESIGN §5). `open` gives an empty log without topics. */
export function describeLogContract(name: string, open: () => Promise<OpenLog>): void {
  describe(`${name} keeps the log's contract`, () => {
    let opened: OpenLog;
    let log: Log;

    beforeEach(async () => {
      opened = await open();
      log = opened.log;
      await log.ensureTopics(PARTITIONS);
    }, 60_000);

    afterEach(async () => {
      await opened.close();
    }, 60_000);

    describe('topics', () => {
      it('are created once, and checked when they are there', async () => {
        await log.ensureTopics(PARTITIONS);
        await expect(log.ensureTopics(PARTITIONS + 1)).rejects.toMatchObject({ code: 'topic_mismatch' });
        expect(await log.endOffsets('events')).toEqual([0, 0, 0, 0]);
        expect(await log.endOffsets('control')).toEqual([0]);
      });
    });

    describe('appending', () => {
      it('answers in the order of the records, and keeps the order within each partition', async () => {
        const first = await log.append([
          record('a', 1),
          record('b', 2),
          record('c', 1),
          record('d', 1, 'outcomes'),
        ]);
        const second = await log.append([record('e', 1)]);
        expect(first.map((one) => one.offset)).toEqual([0, 0, 1, 0]);
        expect(second[0]?.offset).toBeGreaterThan(first[2]?.offset ?? Infinity);
        expect(await texts(log, 'events', 1)).toEqual(['a', 'c', 'e']);
        expect(await log.append([])).toEqual([]);
      });

      it('is durable when it resolves: another reader has it at once, and so has the next process', async () => {
        const [appended] = await log.append([record('kept', 3)]);
        expect(textOf(await log.readOne('events', 3, appended?.offset ?? -1))).toBe('kept');
        const next = await opened.reopen();
        expect(textOf(await next.readOne('events', 3, appended?.offset ?? -1))).toBe('kept');
        const [after] = await next.append([record('later', 3)]);
        expect(after?.offset).toBeGreaterThan(appended?.offset ?? Infinity);
        expect(await texts(next, 'events', 3)).toEqual(['kept', 'later']);
      });

      it('gives back every byte of key, headers and value', async () => {
        const value = Uint8Array.from({ length: 256 }, (_, byte) => byte);
        const headers = { 'a-header': 'ümläut "quoted" \\ {,} NULL', empty: '' };
        await log.append([
          { topic: 'events', partition: 0, key: 'schlüssel', headers, value },
          { topic: 'events', partition: 0, key: null, headers: {}, value: new Uint8Array(0) },
        ]);
        const full = await log.readOne('events', 0, 0);
        expect(full?.key).toBe('schlüssel');
        expect(full?.headers).toEqual(headers);
        expect([...(full?.value ?? [])]).toEqual([...value]);
        const bare = await log.readOne('events', 0, 1);
        expect([bare?.key, bare?.headers, bare?.value.byteLength]).toEqual([null, {}, 0]);
      });

      it('stamps append times that never fall within a partition, by the clock that now() tells', async () => {
        const before = log.now();
        await log.append([record('a'), record('b')]);
        await log.append([record('c')]);
        const after = log.now();
        const times: number[] = [];
        for await (const slice of log.read('events', 0, 0)) times.push(...slice.map((one) => one.appendedAt));
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        // A broker's clock is known only to within the round trip.
        expect(times[0]).toBeGreaterThanOrEqual(Math.floor(before) - 50);
        expect(times[2]).toBeLessThanOrEqual(Math.ceil(after) + 50);
      });

      it('refuses a record above the limit before anything is written', async () => {
        const huge = { ...record('', 0), value: new Uint8Array(2 * 1024 * 1024 + 1) };
        await expect(log.append([record('small'), huge])).rejects.toMatchObject({
          code: 'record_too_large',
          retryable: false,
        });
        expect(await texts(log, 'events', 0)).toEqual([]);
        await log.append([record('small')]);
        expect(await texts(log, 'events', 0)).toEqual(['small']);
      });

      it('keeps apart what is appended at the same time', async () => {
        const answers = await Promise.all(
          Array.from({ length: 40 }, (_, i) => log.append([record(`${i}`, i % 2), record(`${i}`, 2)])),
        );
        const offsets = answers.map((answer) => answer[1]?.offset ?? -1);
        expect(new Set(offsets).size).toBe(40);
        for (const [i, offset] of offsets.entries()) {
          expect(textOf(await log.readOne('events', 2, offset))).toBe(`${i}`);
        }
      });

      it('takes what a reader cannot read: newer versions and poison pass through unchanged', async () => {
        const strange = { ...record('\u0000?'), headers: { 'schema-version': '99', 'due-at': '1e999' } };
        await log.append([
          { ...strange, topic: 'retry.1m' },
          { ...strange, topic: 'quarantine' },
        ]);
        expect((await log.readOne('retry.1m', 0, 0))?.headers).toEqual(strange.headers);
        expect(textOf(await log.readOne('quarantine', 0, 0))).toBe('\u0000?');
      });
    });

    describe('reading without a group', () => {
      it('reads a range, and ends at the end as it was at the call', async () => {
        await log.append(['a', 'b', 'c', 'd'].map((text) => record(text)));
        const reading = log.read('events', 0, 1);
        await log.append([record('late')]);
        const seen: string[] = [];
        for await (const slice of reading) seen.push(...slice.map((one) => textOf(one) ?? ''));
        expect(seen).toEqual(['b', 'c', 'd']);
        expect(await texts(log, 'events', 0, 1, 3)).toEqual(['b', 'c']);
        expect(await texts(log, 'events', 1)).toEqual([]);
      });

      it('reads a long partition in slices', async () => {
        const many = Array.from({ length: 1_700 }, (_, i) => `${i}`);
        await log.append(many.map((text) => record(text)));
        expect(await texts(log, 'events', 0)).toEqual(many);
      }, 20_000);

      it('has no record where there is none', async () => {
        expect(await log.readOne('events', 0, 7)).toBeUndefined();
        expect(await log.startOffsets('events')).toEqual([0, 0, 0, 0]);
      });

      it('follows for a table: what is there, what comes, one slice at a time', async () => {
        await log.append(['a', 'b', 'c'].map((text) => record(text, 0, 'control')));
        const table: string[] = [];
        let busy = false;
        const follower = await log.follow('control', 0, 1, {
          onRecords: async (records) => {
            expect(busy).toBe(false);
            busy = true;
            await Promise.resolve();
            table.push(...records.map((one) => textOf(one) ?? ''));
            busy = false;
          },
          onError: (error) => table.push(error.message),
        });
        await eventually(() => expect(table).toEqual(['b', 'c']));
        await log.append([record('d', 0, 'control')]);
        await eventually(() => expect(table).toEqual(['b', 'c', 'd']));
        await follower.stop();
        await log.append([record('e', 0, 'control')]);
        expect(await log.endOffsets('control')).toEqual([5]);
        expect(table).toHaveLength(3);
      });

      it('ends the following of a table that cannot go on', async () => {
        const errors: string[] = [];
        await log.append([record('a', 0, 'control')]);
        const follower = await log.follow('control', 0, 0, {
          onRecords: () => Promise.reject(new Error('a fact of the future')),
          onError: (error) => errors.push(error.message),
        });
        await eventually(() => expect(errors).toEqual(['a fact of the future']));
        await log.append([record('b', 0, 'control')]);
        await follower.stop();
        expect(errors).toHaveLength(1);
      });
    });

    describe('groups', () => {
      it('hand over each partition in order, all topics of a partition to the one that claimed it', async () => {
        await log.append([record('a', 1), record('b', 1), record('c', 2), record('d', 1, 'outcomes')]);
        const all = await claimAll(log, { topics: ['events', 'outcomes'] });
        await log.append([record('e', 1)]);
        await eventually(() => expect(all.seen('events', 1)).toEqual(['a', 'b', 'e']));
        await eventually(() => expect(all.seen('events', 2)).toEqual(['c']));
        await eventually(() => expect(all.seen('outcomes', 1)).toEqual(['d']));
        expect(all.claimed.toSorted()).toEqual([0, 1, 2, 3]);
        expect(all.group.owns(1)).toBe(true);
        expect(all.group.isFresh()).toBe(true);
        await all.group.leave();
        expect(all.lost.toSorted()).toEqual([0, 1, 2, 3]);
        expect(all.group.owns(1)).toBe(false);
      });

      it('go on from the commit after a crash: every undone record again, nothing below it', async () => {
        await log.append(['a', 'b', 'c', 'd', 'e'].map((text) => record(text)));
        const before = await claimAll(log);
        await eventually(() => expect(before.seen('events', 0)).toHaveLength(5));
        await before.group.commit('events', 0, 2, 'mine');
        const next = await opened.reopen();
        const after = await claimAll(next);
        await eventually(() => expect(after.seen('events', 0)).toEqual(['c', 'd', 'e']));
      }, 60_000);

      it('start at the first record after a crash before the first commit', async () => {
        await log.append([record('a'), record('b')]);
        const before = await claimAll(log);
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

    it('refuses everything once it is closed', async () => {
      await log.close();
      await expect(log.append([record('a')])).rejects.toMatchObject({ code: 'log_closed' });
      await expect(log.endOffsets('events')).rejects.toMatchObject({ code: 'log_closed' });
    });
  });
}
