import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { decodeKeyUses, LogError, MemoryLog, MemoryStore, type KeyUsesRecord, type Log } from '#log';
import { KeyUses } from './key-uses.ts';

const MINUTE = 60_000;

describe('uses of keys', () => {
  const store = () => {
    const made = new MemoryStore();
    made.ensureTopics(2);
    return made;
  };
  let log: MemoryLog;
  let uses: KeyUses;
  let troubles: unknown[];
  const start = (append: Log['append'] = (records) => log.append(records)) => {
    let id = 0;
    uses = new KeyUses({
      log: { append },
      now: () => Date.now(),
      newId: () => `id-${(id += 1)}`,
      onTrouble: (error) => void troubles.push(error),
    });
  };
  const told = async (): Promise<KeyUsesRecord['uses'][]> => {
    const found: KeyUsesRecord['uses'][] = [];
    for await (const records of log.read('key-uses', 0, 0)) {
      for (const record of records) {
        const decoded = decodeKeyUses(record);
        if (decoded.ok) found.push(decoded.value.uses);
      }
    }
    return found;
  };

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
    log = new MemoryLog(store());
    troubles = [];
  });
  afterEach(async () => {
    const stopping = uses.stop();
    await jest.advanceTimersByTimeAsync(2_000);
    await stopping;
    jest.useRealTimers();
    await log.close();
  });

  it('are told once a minute at most, the first after a second, each key with its latest', async () => {
    start();
    const first = Date.now();
    for (let n = 0; n < 1_000; n += 1) uses.note('key_1', first + n);
    uses.note('key_2', first);
    expect(await told()).toEqual([]);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(await told()).toEqual([{ key_1: first + 999, key_2: first }]);
    for (let second = 0; second < 58; second += 1) {
      uses.note('key_1', Date.now());
      await jest.advanceTimersByTimeAsync(1_000);
    }
    expect(await told()).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(2_000);
    const [, second] = await told();
    expect(Object.keys(second!)).toEqual(['key_1']);
    await jest.advanceTimersByTimeAsync(10 * MINUTE);
    expect(await told()).toHaveLength(2);
  });

  it('wait for a log that is away, and are not lost', async () => {
    let away = true;
    start((records) => {
      if (away) return Promise.reject(new LogError('log_unavailable', 'away'));
      return log.append(records);
    });
    uses.note('key_1', 7);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(troubles).toHaveLength(1);
    away = false;
    uses.note('key_2', 8);
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect(await told()).toEqual([{ key_1: 7, key_2: 8 }]);
  });

  it('are told at a stop, which does not wait for a log that hangs', async () => {
    start();
    uses.note('key_1', 7);
    await uses.stop();
    expect(await told()).toEqual([{ key_1: 7 }]);
    start(() => new Promise(() => {}));
    uses.note('key_1', 8);
    const stopping = uses.stop();
    await jest.advanceTimersByTimeAsync(1_000);
    await stopping;
  });

  it('of very many keys go out in several records', async () => {
    start();
    for (let n = 0; n < 2_500; n += 1) uses.note(`key_${n}`, n);
    await jest.advanceTimersByTimeAsync(1_000);
    expect((await told()).map((each) => Object.keys(each).length)).toEqual([1_000, 1_000, 500]);
  });
});
