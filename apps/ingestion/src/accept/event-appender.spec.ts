import { describe, expect, it } from '@jest/globals';
import 'reflect-metadata';
import { LogError, MemoryLog, MemoryStore, type Appended, type NewRecord } from '#log';
import { eventually } from '#testkit';
import { ByteBudget } from './byte-budget.ts';
import { EventAppender } from './event-appender.ts';

const record = (name: string, partition = 0): NewRecord => ({
  topic: 'events',
  partition,
  key: null,
  headers: {},
  value: Buffer.from(name),
});

async function opened(withinMs: number) {
  const store = new MemoryStore();
  const log = new MemoryLog(store);
  await log.ensureTopics(2);
  const sent: string[][] = [];
  const fail: ((records: readonly NewRecord[]) => Error | undefined)[] = [];
  const source = {
    append: async (records: readonly NewRecord[]): Promise<readonly Appended[]> => {
      sent.push(records.map(({ value }) => Buffer.from(value).toString()));
      const error = fail.shift()?.(records);
      if (error !== undefined) throw error;
      return log.append(records);
    },
  };
  const budget = new ByteBudget(1_000);
  const appender = new EventAppender(source, budget, { withinMs, onTrouble: () => {} });
  return { store, budget, appender, sent, fail, log };
}

describe('EventAppender', () => {
  it('resolves with the place of the record, after it is durable, and counts its bytes until then', async () => {
    const { store, appender, budget, log } = await opened(1_000);
    const release = store.stall();
    const appending = appender.append(record('one'));
    expect(budget.used).toBe(3);
    expect(await log.endOffsets('events')).toEqual([0, 0]);
    release();
    expect(await appending).toMatchObject({ offset: 0 });
    expect(budget.used).toBe(0);
  });

  it('sends a record no more after its publisher was told 503', async () => {
    const { appender, budget, sent, fail } = await opened(60);
    const away = () => new LogError('log_unavailable', 'away');
    for (let times = 0; times < 3; times += 1) fail.push(away);
    await expect(appender.append(record('late'))).rejects.toMatchObject({ code: 'log_unavailable' });
    const before = sent.length;
    await eventually(() => expect(appender.waiting).toBe(0));
    expect(budget.used).toBe(0);
    expect(sent.slice(before)).toEqual([]);
  });

  it('goes on with the records of others, each with its own answer', async () => {
    const { appender, fail, sent } = await opened(300);
    // Tries come after 0, 50, 150 and 350 ms.
    for (let times = 0; times < 3; times += 1) fail.push(() => new LogError('log_unavailable', 'away'));
    const old = appender.append(record('old'));
    await expect(old).rejects.toMatchObject({ code: 'log_unavailable' });
    // Gathers behind the batch of the withdrawn one, and must not inherit its place.
    expect(await appender.append(record('new'))).toMatchObject({ offset: 0 });
    expect(sent.at(-1)).toEqual(['new']);
  });

  it('keeps answers in place when the log took a part of a batch', async () => {
    const { appender, fail, log } = await opened(5_000);
    fail.push((records) => {
      const appended = records.map(({ partition }) =>
        partition === 0 ? { offset: 7, appendedAt: 1 } : undefined,
      );
      return new LogError('log_unavailable', 'half', { appended });
    });
    const [first, second] = await Promise.all([
      appender.append(record('a', 0)),
      appender.append(record('b', 1)),
    ]);
    expect([first.offset, second.offset]).toEqual([7, 0]);
    expect(await log.endOffsets('events')).toEqual([0, 1]);
  });

  it('fails a record that is too large at once', async () => {
    const { appender, fail } = await opened(5_000);
    fail.push(() => new LogError('record_too_large', 'too large'));
    await expect(appender.append(record('huge'))).rejects.toMatchObject({ code: 'record_too_large' });
  });

  it('rejects what still waits when it stops', async () => {
    const { appender, budget, fail } = await opened(5_000);
    fail.push(() => new LogError('log_unavailable', 'away'));
    const appending = appender.append(record('x'));
    appender.stop();
    await expect(appending).rejects.toMatchObject({ code: 'log_closed' });
    expect(budget.used).toBe(0);
  });
});
