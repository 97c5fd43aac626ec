import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { isInUse, isServerOf, parentOf } from './server-process.ts';

const FAST_STOP_MS = 15_000;
const IMMEDIATE_STOP_MS = 10_000;

/**
 * Stops the server that a killed process left behind (R25). Nothing is lost by it: what was committed is in its log.
 *
 * 1. Only a process proven to be a PostgreSQL server of this very cluster gets a signal.
 * 2. A server whose starter lives is not an orphan: then the folder is in use, and this start is refused.
 * 3. The pid file is removed only if its number has gone to another program and nobody works in the cluster: it is
 *    what PostgreSQL itself recognises surviving backends by.
 */
export async function stopOrphan(clusterDir: string, ownerFile: string): Promise<'none' | 'stopped'> {
  const pidFile = join(clusterDir, 'postmaster.pid');
  const pid = Number((await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1) return 'none';

  if (!(await isServerOf(pid, clusterDir))) {
    if (!(await isInUse(clusterDir))) await rm(pidFile, { force: true });
    return 'none';
  }
  const owner = Number(await readFile(ownerFile, 'utf8').catch(() => ''));
  // An orphan is given to another parent at once, so a parent equal to the recorded one is the one that lives.
  if (owner > 0 && (await parentOf(pid)) === owner) {
    throw new EmbeddedPostgresError(
      `The database in ${clusterDir} is in use by process ${owner}: stop that one first, or use another folder.`,
    );
  }
  for (const [signal, withinMs] of [
    ['SIGINT', FAST_STOP_MS],
    ['SIGQUIT', IMMEDIATE_STOP_MS],
  ] as const) {
    signalProcess(pid, signal);
    if (await hasEnded(pid, clusterDir, withinMs)) return 'stopped';
  }
  throw new EmbeddedPostgresError(
    `The database left running as process ${pid} does not stop; end it by hand.`,
  );
}

async function hasEnded(pid: number, clusterDir: string, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    if (!(await isServerOf(pid, clusterDir))) return true;
    await delay(20);
  }
  return false;
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Ended in between: just what was wanted.
  }
}
