import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { barrierTo, type Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

const run = promisify(execFile);

export const SUPERUSER = 'hyperhook';

/** No variables of the caller's own PostgreSQL (PGDATA, PGPORT …) get through. */
export const cleanEnvironment: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  LC_ALL: 'C',
};

/** Makes the cluster at first start; later checks that it fits the binaries. Gives the password. */
export async function ensureCluster(
  clusterDir: string,
  dataDir: string,
  binaries: Binaries,
  account: Account | null,
): Promise<string> {
  if (account !== null) await checkReach(dataDir, account);
  const version = await readFile(join(clusterDir, 'PG_VERSION'), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw new EmbeddedPostgresError(`${clusterDir} cannot be read: it belongs to another user.`, {
        cause: error,
      });
    },
  );
  const passwordFile = join(dataDir, 'password');
  if (version === undefined) return createCluster(clusterDir, passwordFile, binaries, account);

  if (version.trim() !== binaries.major) {
    throw new EmbeddedPostgresError(
      `${clusterDir} was made by PostgreSQL ${version.trim()}, this is ${binaries.major}: use another folder, or start ` +
        'the version that made it and dump its contents.',
    );
  }
  const password = await readPassword(passwordFile);
  if (password !== undefined) return password;
  throw new EmbeddedPostgresError(
    `${passwordFile} is missing, so nobody can log in to ${clusterDir}: put it back, or use another folder.`,
  );
}

async function createCluster(
  clusterDir: string,
  passwordFile: string,
  binaries: Binaries,
  account: Account | null,
): Promise<string> {
  if ((await stat(clusterDir).catch(() => undefined)) !== undefined) {
    throw new EmbeddedPostgresError(
      `${clusterDir} exists but holds no database: remove it, or use another folder.`,
    );
  }
  const password = (await readPassword(passwordFile)) ?? randomBytes(24).toString('hex');
  await writeFile(passwordFile, password, { mode: 0o600 });

  // Made beside and renamed, so that a start killed half-way leaves nothing that looks like a database.
  const draft = `${clusterDir}.new`;
  const handed = `${passwordFile}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await writeFile(handed, password, { mode: 0o600 });
  if (account !== null) {
    await chown(draft, account.uid, account.gid);
    await chown(handed, account.uid, account.gid);
  }
  try {
    const flags = [
      `--pgdata=${draft}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${handed}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      // Sorts by code point, folds case by Unicode, and is the same on every machine.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ];
    await run(binaries.initdb, flags, { env: cleanEnvironment, cwd: '/', ...identityOf(account) });
  } catch (error) {
    const said = String((error as { stderr?: unknown }).stderr ?? error).trim();
    throw new EmbeddedPostgresError(`The database could not be created in ${clusterDir}: ${said}`, {
      cause: error,
    });
  } finally {
    await rm(handed, { force: true });
  }
  await rename(draft, clusterDir);
  return password;
}

export function identityOf(account: Account | null): { readonly uid?: number; readonly gid?: number } {
  return account === null ? {} : { uid: account.uid, gid: account.gid };
}

async function checkReach(dataDir: string, account: Account): Promise<void> {
  // The folder itself is ours to open (what it holds stays closed); the way to it is not.
  const { mode, uid } = await stat(dataDir);
  if (uid === 0 && (mode & 0o001) === 0) await chmod(dataDir, (mode & 0o777) | 0o011);
  const barrier = await barrierTo(dataDir, account);
  if (barrier === undefined) return;
  throw new EmbeddedPostgresError(
    `PostgreSQL refuses to run as root, and ${account.name}, whom it runs as instead, cannot enter ${barrier}: put the ` +
      'data elsewhere (/var/lib/hyperhook, say), or run as another user.',
  );
}

async function readPassword(file: string): Promise<string | undefined> {
  try {
    const text = (await readFile(file, 'utf8')).trim();
    return text === '' ? undefined : text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new EmbeddedPostgresError(`${file} cannot be read: it belongs to another user.`, { cause: error });
  }
}
