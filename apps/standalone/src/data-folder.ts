import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createHash, randomBytes } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { barrierForPostgres } from '#platform';

/** What stands under `.hyperhook/`: the database, the key that seals secrets, and the first API key. */
export interface DataFolder {
  readonly database: string;
  /** Why the database is not in the data folder; null: it is. */
  readonly away: string | null;
  /** `id:base64`; made at the first start. Whoever loses it can open no stored secret again. */
  secretKeys(): Promise<string>;
  /** The first API key in clear, for the operator to fetch once; mode 0600. */
  writeFirstKey(text: string): Promise<string>;
}

/** Where a database goes that cannot be in its data folder. */
export interface Elsewhere {
  readonly root: string;
  /** Who may not enter a folder, and which; undefined: nothing is in the way. */
  readonly barrier: typeof barrierForPostgres;
}

const elsewhereHere: Elsewhere = { root: '/var/lib/hyperhook', barrier: barrierForPostgres };

export async function openDataFolder(path: string, elsewhere = elsewhereHere): Promise<DataFolder> {
  await mkdir(path, { recursive: true });
  return {
    ...(await databaseOf(resolve(path), elsewhere)),
    secretKeys: () => readOrMake(join(path, 'secret.key'), () => `k1:${randomBytes(32).toString('base64')}`),
    writeFirstKey: async (text) => {
      const file = join(path, 'first-api-key');
      await writeFile(file, `${text}\n`, { mode: 0o600 });
      await chmod(file, 0o600);
      return file;
    },
  };
}

/**
 * As root, PostgreSQL runs as another user, who cannot enter a clone below /root: then the database stands outside, in
 * a folder named after this one's path. A note in the data folder says where, so that a clone that is moved finds it.
 */
async function databaseOf(
  path: string,
  { root, barrier }: Elsewhere,
): Promise<Pick<DataFolder, 'database' | 'away'>> {
  const inside = join(path, 'postgres');
  if (await exists(join(inside, 'cluster'))) return { database: inside, away: null };
  const note = join(path, 'database-folder');
  const noted = await readFile(note, 'utf8').catch(() => undefined);
  const found = await barrier(path);
  if (noted === undefined && found === undefined) return { database: inside, away: null };

  const name = createHash('sha256').update(path).digest('hex').slice(0, 16);
  const database = noted?.trim() ?? join(root, name);
  await mkdir(database, { recursive: true });
  // To be entered, not to be listed, whatever the umask: the cluster below is its user's alone.
  for (const folder of [dirname(database), database]) await chmod(folder, 0o711);
  if (noted === undefined) await writeFile(note, `${database}\n`);
  const why =
    found === undefined
      ? 'it was made there'
      : `user "${found.account}", whom it runs as, cannot enter ${found.folder}`;
  return { database, away: why };
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

async function readOrMake(file: string, make: () => string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const text = make();
    await writeFile(file, `${text}\n`, { mode: 0o600, flag: 'wx' });
    return text;
  }
}
