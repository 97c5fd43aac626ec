import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { MemoryLog, MemoryStore } from '#log';
import { endpointCreated, keyCreated, tenantCreated, T0 } from '../control.fixture.ts';
import { ControlWriter } from '../commands/control-writer.ts';
import { FollowedControl } from '../table/followed-control.ts';
import { backupLines, BackupError, readBackup, type BackupHead } from './backup-file.ts';
import { restoreControl } from './restore-control.ts';

const wish = { partitions: 2, timeScale: 1 };

async function installation() {
  const log = new MemoryLog(new MemoryStore());
  await log.ensureTopics(wish.partitions);
  return log;
}

async function followed(log: MemoryLog) {
  const control = new FollowedControl();
  const wrong = () => {
    throw new Error('nothing may go wrong here');
  };
  await control.start(log, { onNewer: wrong, onUnreadable: wrong, onError: () => {} });
  return control;
}

/** An installation with a tenant, a key, and an endpoint that was disabled by the outcome at offset 40. */
async function lived() {
  const log = await installation();
  const control = await followed(log);
  const writer = new ControlWriter(log, control, randomUUID);
  await writer.fact({ type: 'installation.created', ...wish, at: T0 }, 'installation');
  await writer.fact(tenantCreated('acme'), 'key:root');
  await writer.fact(keyCreated('key_1', 'acme'), 'key:root');
  await writer.fact(endpointCreated('wh_1', 'acme'), 'key:root');
  const fail = {
    type: 'fail',
    term: 1,
    reason: 'attempts_exhausted',
    cause: { partition: 1, offset: 40 },
    at: T0,
  } as const;
  await writer.endpoint('wh_1', fail, 'policy:disable');
  return { log, control };
}

async function textOf(lines: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const line of lines) text += line;
  return text;
}

async function backupOf(log: MemoryLog): Promise<string> {
  const [end = 0] = await log.endOffsets('control');
  const head: BackupHead = { kind: 'hyperhook.backup', version: 1, ...wish, end, at: T0 };
  return textOf(backupLines(head, log.read('control', 0, 0, end)));
}

describe('a backup', () => {
  it('restored into an empty installation is the same table, at the same position', async () => {
    const { log, control } = await lived();
    const other = await installation();
    const restored = await restoreControl(other, readBackup(await backupOf(log)), wish);
    expect(restored).toEqual({ records: 5, before: 0 });
    const again = await followed(other);
    expect(again.position).toBe(control.position);
    expect([...again.table.tenants()]).toEqual([...control.table.tenants()]);
    expect([...again.table.keys()]).toEqual([...control.table.keys()]);
    expect(again.table.installation).toEqual(control.table.installation);
    // Sealed, as it was; and what is held is looked for where the new log begins.
    expect(again.table.endpoint('wh_1')).toEqual({
      ...control.table.endpoint('wh_1'),
      heldFrom: { partition: 1, offset: 0 },
    });
    for (const each of [control, again]) await each.stop();
  });

  it('leaves positions in outcomes alone where outcomes are still there', async () => {
    const { log, control } = await lived();
    const other = await installation();
    await other.append([
      { topic: 'outcomes', partition: 1, key: null, headers: {}, value: Buffer.from('{}') },
    ]);
    await restoreControl(other, readBackup(await backupOf(log)), wish);
    const again = await followed(other);
    expect(again.table.endpoint('wh_1')?.heldFrom).toEqual({ partition: 1, offset: 40 });
    for (const each of [control, again]) await each.stop();
  });

  it('is restored again from its start after it was broken off, each record once', async () => {
    const { log, control } = await lived();
    await control.stop();
    const backup = readBackup(await backupOf(log));
    const other = await installation();
    await restoreControl(other, { ...backup, records: backup.records.slice(0, 3) }, wish);
    expect(await restoreControl(other, backup, wish)).toEqual({ records: 5, before: 3 });
    expect(await other.endOffsets('control')).toEqual([5]);
  });

  it('keeps every offset, whatever gaps the log had', async () => {
    const { log, control } = await lived();
    await control.stop();
    const backup = readBackup(await backupOf(log));
    const records = backup.records.map((record) => ({
      ...record,
      offset: record.offset + (record.offset > 2 ? 4 : 0),
    }));
    const other = await installation();
    await restoreControl(other, { ...backup, records }, wish);
    const again = await followed(other);
    expect(again.position).toBe(9);
    expect(again.table.endpoint('wh_1')?.version).toBe(2);
    await again.stop();
  });

  it('is refused by an installation that is not empty, or was made with other numbers', async () => {
    const { log, control } = await lived();
    await control.stop();
    const backup = readBackup(await backupOf(log));
    const { log: other, control: theirs } = await lived();
    await theirs.stop();
    await expect(restoreControl(other, backup, wish)).rejects.toThrow(/not empty/);
    const otherNumbers = restoreControl(await installation(), backup, { ...wish, partitions: 8 });
    await expect(otherNumbers).rejects.toThrow(/HYPERHOOK_PARTITIONS=2/);
  });

  it('that was cut, changed, or written by a newer release is told as such', async () => {
    const { log, control } = await lived();
    await control.stop();
    const text = await backupOf(log);
    const cases = [
      [text.slice(0, -30), /cut short/],
      [text.split('\n').toSpliced(2, 1).join('\n'), /checksum/],
      [text.replace('tenant.created', 'tenant.creatEd'), /checksum/],
      ['', /cut short/],
      ['{"kind":"tenant"}\n', /cut short/],
    ] as const;
    for (const [broken, why] of cases) {
      expect(() => readBackup(broken)).toThrow(BackupError);
      expect(() => readBackup(broken)).toThrow(why);
    }
    const head = { kind: 'hyperhook.backup', version: 2, ...wish, end: 0, at: T0 } as unknown as BackupHead;
    const newer = await textOf(backupLines(head, (async function* () {})()));
    expect(() => readBackup(newer)).toThrow(/newer release/);
  });
});
