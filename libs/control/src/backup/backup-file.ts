import { createHash } from 'node:crypto';
import { LogError, type LogRecord } from '#log';

/** The first line: of what installation, and up to where. */
export interface BackupHead {
  readonly kind: 'hyperhook.backup';
  /** Of this format; a reader refuses those that it does not know. */
  readonly version: 1;
  readonly partitions: number;
  readonly timeScale: number;
  /** The offset after the last record. */
  readonly end: number;
  /** Epoch ms. */
  readonly at: number;
}

/** One record of `control`, as it stands there: secrets in it are sealed, and open only with the installation's keys. */
export interface BackupRecord {
  readonly offset: number;
  readonly key: string | null;
  readonly headers: Readonly<Record<string, string>>;
  /** Base64. */
  readonly value: string;
}

/** The last line. Without it a file was cut short. */
interface BackupEnd {
  readonly kind: 'end';
  readonly records: number;
  /** SHA-256 of all lines before, each with its line end; hex. */
  readonly sha256: string;
}

export interface Backup {
  readonly head: BackupHead;
  readonly records: readonly BackupRecord[];
}

/** Why a file is no backup that can be used; says what to do. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/** The lines of a backup, each with its line end. */
export async function* backupLines(
  head: BackupHead,
  slices: AsyncIterable<readonly LogRecord[]>,
): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const lineOf = (value: object): string => {
    const line = `${JSON.stringify(value)}\n`;
    hash.update(line);
    return line;
  };
  yield lineOf(head);
  let records = 0;
  let next = 0;
  for await (const slice of slices) {
    let lines = '';
    for (const { offset, key, headers, value } of slice) {
      lines += lineOf({ offset, key, headers, value: Buffer.from(value).toString('base64') });
      records += 1;
      next = offset + 1;
    }
    yield lines;
  }
  if (next !== head.end)
    throw new LogError('log_unavailable', `control was read to ${next}, not to ${head.end}`);
  const end: BackupEnd = { kind: 'end', records, sha256: hash.digest('hex') };
  yield `${JSON.stringify(end)}\n`;
}

/** Reads and checks a whole file. Throws {@link BackupError}. */
export function readBackup(text: string): Backup {
  const at = text.lastIndexOf('\n', text.length - 2) + 1;
  const end = parsed<BackupEnd>(text.slice(at));
  if (end?.kind !== 'end')
    throw new BackupError('the backup was cut short: its last line is missing; take another one');
  const body = text.slice(0, at);
  if (createHash('sha256').update(body).digest('hex') !== end.sha256) {
    throw new BackupError('the backup was changed or damaged: its checksum does not fit; take another one');
  }
  const [first = '', ...lines] = body.trimEnd().split('\n');
  const head = parsed<BackupHead>(first);
  if (head?.kind !== 'hyperhook.backup') throw new BackupError('this is no backup of control');
  if (head.version !== 1) {
    throw new BackupError(
      `the backup has version ${String(head.version)}: a newer release wrote it; upgrade first`,
    );
  }
  return { head, records: lines.map((line) => JSON.parse(line) as BackupRecord) };
}

function parsed<T>(line: string): T | undefined {
  try {
    return JSON.parse(line) as T;
  } catch {
    return undefined;
  }
}
