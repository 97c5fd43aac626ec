import { describe, expect, it } from '@jest/globals';
import { eventually } from '#testkit';
import { MemoryLog } from '../memory/memory-log.ts';
import { MemoryStore } from '../memory/memory-store.ts';
import { LogError } from '../port/log-error.ts';
import type { Appended, NewRecord } from '../port/record.ts';
import type { TopicName } from '../topics.ts';
import { Batcher } from './batcher.ts';

const record = (text: string, partition = 0, topic: TopicName = 'outcomes'): NewRecord => ({
  topic,
  partition,
  key: null,
  headers: {},
  value: new TextEncoder().encode(text),
});

/** As many appends as wait for nothing. */
const firstOnes = ['1', '2', '3', '4', '5'];

const open = async (maxRecordBytes?: number) => {
  const store = new MemoryStore(maxRecordBytes === undefined ? {} : { maxRecordBytes });
  const log = new MemoryLog(store);
  await log.ensureTopics(4);
  const batches: string[][] = [];
  const watched = {
    append: (records: readonly NewRecord[]): Promise<readonly Appended[]> => {
      batches.push(records.map((one) => new TextDecoder().decode(one.value)));
      return log.append(records);
    },
  };
  const written = async (partition = 0) => {
    const texts: string[] = [];
    for await (const slice of log.read('outcomes', partition, 0)) {
      texts.push(...slice.map((one) => new TextDecoder().decode(one.value)));
    }
    return texts;
  };
  return { store, log, watched, batches, written };
};

describe('batcher', () => {
  it('sends what gathered in one turn together, and what gathers meanwhile as the next batch', async () => {
    const { store, watched, batches } = await open();
    const batcher = new Batcher(watched);
    const release = store.stall();
    const first = [batcher.append(record('a')), batcher.append(record('b'))];
    await eventually(() => expect(batches).toEqual([['a', 'b']]));
    const next = ['c', 'd', 'e'].map((text) => batcher.append(record(text)));
    release();
    const answers = await Promise.all([...first, ...next]);
    expect(answers.map((one) => one.offset)).toEqual([0, 1, 2, 3, 4]);
    expect(batches).toEqual([
      ['a', 'b'],
      ['c', 'd', 'e'],
    ]);
  });

  it('lets what comes fast gather, until it is many; the first ones wait for nothing', async () => {
    const { watched, batches } = await open();
    const batcher = new Batcher(watched, { gatherMs: 60_000, gatherRecords: 3 });
    for (const text of firstOnes) await batcher.append(record(text));
    const next = [batcher.append(record('b')), batcher.append(record('c'))];
    await new Promise((resolve) => setImmediate(resolve));
    expect(batches).toHaveLength(firstOnes.length);
    await Promise.all([...next, batcher.append(record('d'))]);
    expect(batches.slice(firstOnes.length)).toEqual([['b', 'c', 'd']]);
  });

  it('lets it gather for so long and no longer', async () => {
    const { watched, batches } = await open();
    const batcher = new Batcher(watched, { gatherMs: 20 });
    for (const text of firstOnes) await batcher.append(record(text));
    const first = batcher.append(record('b'));
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([first, batcher.append(record('c'))]);
    expect(batches.slice(firstOnes.length)).toEqual([['b', 'c']]);
  });

  it('gathers for no longer than that, however many appends there were before', async () => {
    const { watched, batches } = await open();
    // If each of them had its time, the last one would wait for 50 s.
    const batcher = new Batcher(watched, { gatherMs: 100, gatherRecords: 2 });
    for (let n = 0; n < 500; n += 1)
      await Promise.all([batcher.append(record('x')), batcher.append(record('y'))]);
    await batcher.append(record('last'));
    expect(batches).toHaveLength(501);
  });

  it('gives up what gathers when it is stopped, and leaves no timer', async () => {
    const { watched } = await open();
    const batcher = new Batcher(watched, { gatherMs: 60_000 });
    for (const text of firstOnes) await batcher.append(record(text));
    const refused = batcher.append(record('b'));
    setImmediate(() => batcher.stop());
    await expect(refused).rejects.toThrow('stopped');
    await batcher.idle();
  });

  it('cuts a batch per partition, without holding up the other partitions', async () => {
    const { watched, batches } = await open();
    const batcher = new Batcher(watched, { laneBytes: 4 });
    await Promise.all([
      ...['aa', 'bb', 'cc'].map((text) => batcher.append(record(text))),
      batcher.append(record('zz', 1)),
    ]);
    expect(batches).toEqual([['aa', 'bb', 'zz'], ['cc']]);
  });

  it('tries again what the log could not take, keeping the order, until it can', async () => {
    const { store, watched, written } = await open();
    const troubles: number[] = [];
    const batcher = new Batcher(watched, { backoffMs: 1, onTrouble: (_, tries) => troubles.push(tries) });
    for (let i = 0; i < 3; i += 1) store.failNextAppend();
    const appends = [batcher.append(record('a')), batcher.append(record('b'))];
    await Promise.resolve();
    appends.push(batcher.append(record('c')));
    await Promise.all(appends);
    expect(await written()).toEqual(['a', 'b', 'c']);
    expect(troubles).toEqual([1, 2, 3]);
  });

  it('fails a record that is too large by itself, never its batch mates', async () => {
    const { watched, written } = await open(10);
    const batcher = new Batcher(watched);
    const large = 'x'.repeat(11);
    const answers = await Promise.allSettled(
      ['a', 'b', large, 'c', 'd'].map((text) => batcher.append(record(text))),
    );
    expect(answers.map((one) => one.status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(answers[2]).toMatchObject({ reason: { code: 'record_too_large' } });
    expect(await written()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('fails the whole batch where the log is closed for good', async () => {
    const { log, watched } = await open();
    const batcher = new Batcher(watched);
    await log.close();
    const answers = await Promise.allSettled(['a', 'b'].map((text) => batcher.append(record(text))));
    expect(answers.map((one) => (one.status === 'rejected' ? one.reason.code : 'ok'))).toEqual([
      'log_closed',
      'log_closed',
    ]);
  });

  it('sends again only what is missing, and lets one offline partition hold up only itself', async () => {
    const { log, written } = await open();
    let offline = true;
    const batcher = new Batcher(
      {
        append: async (records) => {
          const answers: (Appended | undefined)[] = [];
          for (const one of records) {
            const away = offline && one.partition === 1;
            answers.push(away ? undefined : (await log.append([one]))[0]);
          }
          if (answers.includes(undefined)) {
            throw new LogError('log_unavailable', 'no leader', { appended: answers });
          }
          return answers as Appended[];
        },
      },
      { backoffMs: 5 },
    );
    const held = [batcher.append(record('1a', 1)), batcher.append(record('1b', 1))];
    await batcher.append(record('0a'));
    held.push(batcher.append(record('1c', 1)));
    await batcher.append(record('0b'));
    await batcher.append(record('0c'));
    expect(await written(0)).toEqual(['0a', '0b', '0c']);
    await eventually(() => expect(batcher.oldestWaitMs(1)).toBeGreaterThan(20));
    expect(batcher.oldestWaitMs(0)).toBe(0);
    offline = false;
    await Promise.all(held);
    expect(await written(1)).toEqual(['1a', '1b', '1c']);
    expect(batcher.oldestWaitMs(1)).toBe(0);
  });

  it('says how long the oldest append of a partition waits, over all topics', async () => {
    const { store, watched } = await open();
    const batcher = new Batcher(watched);
    const release = store.stall();
    const append = batcher.append(record('a', 2, 'retry.1s'));
    await eventually(() => expect(batcher.oldestWaitMs(2)).toBeGreaterThan(15));
    expect(batcher.oldestWaitMs(0)).toBe(0);
    release();
    await append;
    expect(batcher.oldestWaitMs(2)).toBe(0);
  });

  it('is idle when all is answered', async () => {
    const { watched, written } = await open();
    const batcher = new Batcher(watched);
    await batcher.idle();
    void batcher.append(record('a'));
    expect(batcher.waiting).toBe(1);
    await batcher.idle();
    expect(await written()).toEqual(['a']);
  });

  it('gives up what waits when it is stopped, and leaves no timer', async () => {
    const { store, watched } = await open();
    const batcher = new Batcher(watched, { backoffMs: 60_000 });
    store.failNextAppend();
    const tried = batcher.append(record('a'));
    await new Promise((resolve) => setImmediate(resolve));
    const queued = batcher.append(record('b'));
    batcher.stop();
    const answers = await Promise.allSettled([tried, queued, batcher.append(record('c'))]);
    expect(answers.map((one) => (one.status === 'rejected' ? one.reason.code : 'ok'))).toEqual([
      'log_closed',
      'log_closed',
      'log_closed',
    ]);
    await batcher.idle();
  });
});
