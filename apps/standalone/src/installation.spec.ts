import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { authenticate, ControlWriter, FollowedControl } from '#control';
import { MemoryLog, MemoryStore } from '#log';
import { ensureInstallation, ensureRootKey, ensureTopics, InstallationMismatch } from './installation.ts';

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

  it('refuses another number of partitions, which the log knows first', async () => {
    await expect(ensureTopics(log, { ...wish, partitions: 8 })).rejects.toThrow(
      'HYPERHOOK_PARTITIONS=4 (asked for now: 8)',
    );
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
