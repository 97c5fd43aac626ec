/**
 * What a process has made the disk write, by what it is. `write_bytes` of /proc/<pid>/io cannot tell: it grows by the
 * whole folio whenever a byte of a clean one is written, and folios are up to 2 MiB since ext4 has large ones (Linux
 * 6.16): 8 KiB synced into the middle of a file count 1 MiB there, and 8 KiB at the device.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const BLOCK = 512;

/**
 * PostgreSQL speaks to its clients by send(), which is no write(): what it wrote, in bytes, is what it wrote to files.
 * Those are its log ahead (synced at every commit, so that each write is one of the disk), its tables when a checkpoint
 * comes, and 16 MiB of zeroes for each new segment of the log, until old ones are used again.
 */
export async function writtenByPostgres(pid: number): Promise<number> {
  return Number(/wchar: (\d+)/.exec(await text(`/proc/${pid}/io`))?.[1] ?? 0);
}

/**
 * A broker appends, to segments and to indexes that are mapped into memory, and leaves it to the system when that comes
 * to the disk: each block once, or a last one twice. So it is what its folder has grown by.
 */
export async function writtenByBroker(commandLine: string): Promise<number> {
  const [, properties] = /kafka\.Kafka\0([^\0]+)/.exec(commandLine) ?? [];
  return properties === undefined ? 0 : allocatedIn(dirname(properties));
}

async function allocatedIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return allocatedIn(path);
      // A file may be renamed or removed under our eyes.
      const { blocks } = await stat(path).catch(() => ({ blocks: 0 }));
      return blocks * BLOCK;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Bytes that the disk was given to write since the machine started, by whomever, with nothing left waiting; NaN: it does not say. */
export async function writtenToDisk(): Promise<number> {
  await promisify(execFile)('sync');
  const { dev } = await stat(tmpdir());
  const [major, minor] = [(dev >> 8) & 0xfff, (dev & 0xff) | ((dev >> 12) & 0xfff00)];
  const fields = (await text(`/sys/dev/block/${major}:${minor}/stat`)).trim().split(/\s+/);
  return Number(fields[6] ?? Number.NaN) * BLOCK;
}

const text = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');
