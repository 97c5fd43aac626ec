import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

const run = promisify(execFile);

/** The user PostgreSQL runs as. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Null: as ourselves. PostgreSQL refuses to run as root; then it runs as whoever owns the data already, else as
 * `postgres`, else as `nobody`. No user is ever created: changing the machine's accounts is not ours to do.
 */
export async function accountFor(clusterDir: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const owner = await stat(clusterDir).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0)
    return { name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  return unprivileged();
}

async function unprivileged(): Promise<Account> {
  const found = (await accountNamed('postgres')) ?? (await accountNamed('nobody'));
  if (found !== undefined) return found;
  throw new EmbeddedPostgresError(
    'PostgreSQL refuses to run as root, and this machine has neither a user "postgres" nor "nobody"; run as another user.',
  );
}

/** The first folder on the way to `path` that `account` may not enter; undefined: it gets there. */
export async function barrierTo(path: string, account: Account): Promise<string | undefined> {
  const way = [path];
  for (let at = path; dirname(at) !== at; at = dirname(at)) way.unshift(dirname(at));
  for (const folder of way) {
    const { mode, uid, gid } = await stat(folder);
    const enter = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & enter) === 0) return folder;
  }
  return undefined;
}

/**
 * What keeps the PostgreSQL of a new cluster out of `path`, a folder that exists: undefined where nothing does, or where
 * it runs as ourselves.
 */
export async function barrierForPostgres(
  path: string,
): Promise<{ readonly folder: string; readonly account: string } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const account = await unprivileged();
  const folder = await barrierTo(path, account);
  return folder === undefined ? undefined : { folder, account: account.name };
}

async function accountNamed(name: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}
