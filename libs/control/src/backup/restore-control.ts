import { LogError, type Log, type LogRecord, type NewRecord } from '#log';
import type { InstallationWish } from '../installation/installation.ts';
import { BackupError, type Backup, type BackupRecord } from './backup-file.ts';

/** Records of one append. */
const AT_ONCE = 500;

type RestoreLog = Pick<Log, 'append' | 'read' | 'endOffsets'>;

export interface Restored {
  readonly records: number;
  /** There already, from a restore that was broken off. */
  readonly before: number;
}

/**
 * Writes a backup into the empty `control` of a new installation, before any of its processes was started.
 *
 * 1. Every record gets the offset that it had: the numbers of chains (R2) and the positions that publishers echo (R20) go
 *    on from where they were. A gap is filled with copies of the record before it, which change nothing.
 * 2. What is there must be the beginning of this very backup: a restore that was broken off is run again from its start.
 * 3. Where `outcomes` is empty too, positions in other topics mean nothing: what an endpoint holds is looked for from the start, or what
 *    comes to be held there would never be found.
 */
export async function restoreControl(
  log: RestoreLog,
  backup: Backup,
  wish: InstallationWish,
): Promise<Restored> {
  const { head, records } = backup;
  if (head.partitions !== wish.partitions || head.timeScale !== wish.timeScale) {
    throw new BackupError(
      `the backup is of an installation with HYPERHOOK_PARTITIONS=${head.partitions} and HYPERHOOK_TIME_SCALE=${head.timeScale}; ` +
        `set both (they are ${wish.partitions} and ${wish.timeScale} here) and run it again`,
    );
  }
  const isNew = (await log.endOffsets('outcomes')).every((end) => end === 0);
  const wanted = placed(records).map((record) => (isNew ? fromTheStart(record) : record));
  const before = await countThere(log, wanted);
  for (let at = before; at < wanted.length; at += AT_ONCE) {
    const part = wanted.slice(at, at + AT_ONCE);
    const appended = await log.append(part.map(({ key, headers, value }) => recordOf(key, headers, value)));
    if (appended.some(({ offset }, index) => offset !== at + index)) {
      throw new LogError(
        'log_closed',
        'something else writes into control; stop it, and restore into an empty one',
      );
    }
  }
  return { records: records.length, before };
}

const recordOf = (key: string | null, headers: BackupRecord['headers'], value: string): NewRecord => ({
  topic: 'control',
  partition: 0,
  key,
  headers,
  value: Buffer.from(value, 'base64'),
});

/** One record for each offset from 0 on. */
function placed(records: readonly BackupRecord[]): readonly BackupRecord[] {
  const all: BackupRecord[] = [];
  for (const record of records) {
    const last = all.at(-1);
    while (last !== undefined && all.length < record.offset) all.push(last);
    if (all.length !== record.offset)
      throw new BackupError(`the backup lacks what stood before offset ${record.offset}`);
    all.push(record);
  }
  return all;
}

async function countThere(log: RestoreLog, wanted: readonly BackupRecord[]): Promise<number> {
  const [end = 0] = await log.endOffsets('control');
  let count = 0;
  if (end === 0) return 0;
  for await (const slice of log.read('control', 0, 0, end)) {
    for (const record of slice) {
      if (!isSame(record, wanted[count])) {
        throw new BackupError(
          'control is not empty, and is not the beginning of this backup: restore into a new installation, before anything of it was started',
        );
      }
      count += 1;
    }
  }
  return count;
}

function isSame(there: LogRecord, wanted: BackupRecord | undefined): boolean {
  return (
    wanted !== undefined &&
    Buffer.from(there.value).equals(Buffer.from(wanted.value, 'base64')) &&
    there.headers['ce_id'] === wanted.headers['ce_id']
  );
}

const positionNames = ['cause', 'heldFrom'] as const;

function fromTheStart(record: BackupRecord): BackupRecord {
  const fact = JSON.parse(Buffer.from(record.value, 'base64').toString('utf8')) as Record<string, unknown>;
  const moved = positionNames.filter((name) => fact[name] !== null && typeof fact[name] === 'object');
  const asks = fact['type'] === 'replay.started';
  if (moved.length === 0 && !asks) return record;
  // A job looks for its own askings from here on.
  if (asks) fact['askedFrom'] = 0;
  for (const name of moved) fact[name] = { ...(fact[name] as object), offset: 0 };
  return { ...record, value: Buffer.from(JSON.stringify(fact)).toString('base64') };
}
