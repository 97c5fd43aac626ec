import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { MemoryLog, MemoryStore, type LogRecord } from '#log';
import { ControlWriter } from '../commands/control-writer.ts';
import { authenticate } from '../keys/authenticate.ts';
import { FollowedControl } from '../table/followed-control.ts';
import { ensureInstallation, InstallationMismatch } from './installation.ts';
import { ensureRootKey } from './root-key.ts';

const wish = { partitions: 4, timeScale: 1 };
const NOW = 1_800_000_000_000;

describe('an installation', () => {
  let log: MemoryLog;
  let control: FollowedControl;
  let writer: ControlWriter;

  beforeEach(async () => {
    log = new MemoryLog(new MemoryStore());
    await log.ensureTopics(wish.partitions);
    control = new FollowedControl();
    const fail = (what: unknown) => {
      throw new Error(String(what));
    };
    await control.start(log, { onNewer: fail, onUnreadable: fail, onError: fail });
    writer = new ControlWriter(log, control, randomUUID);
  });

  afterEach(async () => {
    await control.stop();
    await log.close();
  });

  it('is created once, and found again by the same settings', async () => {
    expect(await ensureInstallation(control, writer, wish, NOW)).toBe('created');
    expect(await ensureInstallation(control, writer, wish, NOW + 1)).toBe('found');
    expect(control.table.installation).toMatchObject({ ...wish, at: NOW });
  });

  it('refuses another time scale, by the name of the setting (R15)', async () => {
    await ensureInstallation(control, writer, wish, NOW);
    const other = ensureInstallation(control, writer, { ...wish, timeScale: 0.01 }, NOW);
    await expect(other).rejects.toThrow(InstallationMismatch);
    await expect(other).rejects.toThrow('HYPERHOOK_TIME_SCALE=1 (asked for now: 0.01)');
  });

  it('refuses another number of partitions, by the name of the setting', async () => {
    await ensureInstallation(control, writer, wish, NOW);
    const other = ensureInstallation(control, writer, { ...wish, partitions: 8 }, NOW);
    await expect(other).rejects.toThrow('HYPERHOOK_PARTITIONS=4 (asked for now: 8)');
  });

  it('is created once by many processes that start together; those with other settings are refused', async () => {
    const made = await Promise.all([1, 2, 3].map(() => ensureInstallation(control, writer, wish, NOW)));
    expect(made.toSorted()).toEqual(['created', 'found', 'found']);
    const late = ensureInstallation(control, writer, { ...wish, timeScale: 0.5 }, NOW);
    await expect(late).rejects.toThrow(InstallationMismatch);
  });

  it('keeps its two numbers, and nothing else of the configuration that it was created with', async () => {
    const config = { ...wish, rootKey: 'never-to-be-seen-in-a-log', secretKeys: 'k1:neither' };
    await ensureInstallation(control, writer, config, NOW);
    const records: LogRecord[] = [];
    for await (const slice of log.read('control', 0, 0)) records.push(...slice);
    const text = records.map(({ value }) => Buffer.from(value).toString()).join();
    expect(text).toContain('timeScale');
    expect(text).not.toMatch(/never-to-be-seen|neither/);
  });

  describe('gets its first key', () => {
    const first = (given: string | null, keep: (text: string) => Promise<string>) =>
      ensureRootKey(
        control,
        writer,
        { given, random: new Uint8Array(32).fill(7), id: randomUUID(), keep },
        NOW,
      );
    const opens = (text: string) => authenticate(control.table, `Bearer ${text}`, NOW).ok;

    it('made, kept and good for everything; and only once', async () => {
      const key = await first(null, async () => '/data/first-api-key');
      expect(key?.text).toMatch(/^hh_root_/);
      expect(key?.file).toBe('/data/first-api-key');
      expect(opens(key!.text)).toBe(true);
      expect(await first(null, async () => '/data/again')).toBeNull();
    });

    it('as the operator chose it', async () => {
      const key = await first('a-key-of-my-own-choosing-1234', async () => '/data/first-api-key');
      expect(key?.text).toBe('a-key-of-my-own-choosing-1234');
      expect(opens('a-key-of-my-own-choosing-1234')).toBe(true);
    });

    it('once, where several copies start with the same one', async () => {
      const given = 'the-same-for-all-the-copies';
      const wanted = { given, random: new Uint8Array(32), id: 'key_same', keep: async () => '' };
      const made = await Promise.all([1, 2, 3].map(() => ensureRootKey(control, writer, wanted, NOW)));
      expect(made.filter((one) => one !== null)).toHaveLength(1);
      expect(opens(given)).toBe(true);
    });

    it('kept before it is good: where it cannot be kept, none was made, and the next start makes one', async () => {
      let seen = '';
      const full = async (text: string): Promise<string> => {
        seen = text;
        throw new Error('no space left');
      };
      await expect(first(null, full)).rejects.toThrow('no space left');
      expect(opens(seen)).toBe(false);
      expect(await first(null, async () => '/data/first-api-key')).not.toBeNull();
    });
  });
});
