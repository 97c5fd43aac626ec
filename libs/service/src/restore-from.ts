import { readFile } from 'node:fs/promises';
import { BackupError, readBackup, restoreControl, type InstallationWish } from '#control';
import type { Log } from '#log';
import { ConfigError } from '#platform';

/** Restores the file that `args` name, and gives what to tell about it. Topics are created where there are none. */
export async function restoreFrom(
  log: Log,
  wish: InstallationWish,
  args: readonly string[],
): Promise<string> {
  const [file, ...rest] = args;
  if (file === undefined || rest.length > 0)
    throw new ConfigError(['restore: name one file, that of the backup']);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError([`restore: ${file} cannot be read (${error.code ?? error.message})`]);
  });
  try {
    const backup = readBackup(text);
    await log.ensureTopics(wish.partitions);
    const { records, before } = await restoreControl(log, backup, wish);
    const there = before > 0 ? `, ${before} of them were there` : '';
    return `restored ${records} records of control${there}\n`;
  } catch (error) {
    // Another start will not mend it.
    throw error instanceof BackupError ? new ConfigError([`restore: ${error.message}`]) : error;
  }
}
