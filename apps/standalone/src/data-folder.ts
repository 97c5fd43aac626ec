import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

/** What stands under `.hyperhook/`: the database, the key that seals secrets, and where the engine last listened. */
export interface DataFolder {
  readonly database: string;
  /** `id:base64`; made at the first start. Whoever loses it can open no stored secret again. */
  secretKeys(): Promise<string>;
  /** The first API key in clear, for the operator to fetch once; mode 0600. */
  writeFirstKey(text: string): Promise<string>;
}

export async function openDataFolder(path: string): Promise<DataFolder> {
  await mkdir(path, { recursive: true });
  return {
    database: join(path, 'postgres'),
    secretKeys: () => readOrMake(join(path, 'secret.key'), () => `k1:${randomBytes(32).toString('base64')}`),
    writeFirstKey: async (text) => {
      const file = join(path, 'first-api-key');
      await writeFile(file, `${text}\n`, { mode: 0o600 });
      await chmod(file, 0o600);
      return file;
    },
  };
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
