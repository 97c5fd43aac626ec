import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Log } from '#log';
import { eventually } from './eventually.ts';
import { describeGroupContract } from './log-contract-groups.ts';
import { PARTITIONS, record, textOf, texts, type OpenLog } from './log-contract-words.ts';

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
      it('reads a range, and ends at the end as it was when the first slice came', async () => {
        await log.append(['a', 'b', 'c', 'd'].map((text) => record(text)));
        const seen: string[] = [];
        for await (const slice of log.read('events', 0, 1)) {
          // A log elsewhere learns its end by asking: until the answer is here, the end may still move.
          if (seen.length === 0) await log.append([record('late')]);
          seen.push(...slice.map((one) => textOf(one) ?? ''));
        }
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

    describeGroupContract(() => opened);

    it('refuses everything once it is closed', async () => {
      await log.close();
      await expect(log.append([record('a')])).rejects.toMatchObject({ code: 'log_closed' });
      await expect(log.endOffsets('events')).rejects.toMatchObject({ code: 'log_closed' });
    });
  });
}
