import { execFile } from 'node:child_process';
import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Is `pid` a running PostgreSQL server of this cluster? A number from a file alone is never trusted. */
export async function isServerOf(pid: number, clusterDir: string): Promise<boolean> {
  if (process.platform === 'linux') {
    return (
      (await worksIn(pid, await realpath(clusterDir))) &&
      basename(await executableOf(pid)).startsWith('postgres')
    );
  }
  const command = await ps(pid, 'command');
  return /\bpostgres\b/.test(command) && command.includes(clusterDir);
}

/** Does any process still work in the cluster (a backend that outlived its server)? */
export async function isInUse(clusterDir: string): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const home = await realpath(clusterDir);
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map((pid) => worksIn(Number(pid), home)));
  return found.includes(true);
}

/** 0: not running. */
export async function parentOf(pid: number): Promise<number> {
  if (process.platform !== 'linux') return Number(await ps(pid, 'ppid'));
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // `pid (name) state ppid …`: the name may hold blanks and brackets.
  const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === undefined || state === 'Z' ? 0 : Number(parent);
}

/** A server changes into its cluster's folder when it starts, and so do its backends. */
async function worksIn(pid: number, folder: string): Promise<boolean> {
  return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === folder;
}

function executableOf(pid: number): Promise<string> {
  return readlink(`/proc/${pid}/exe`).catch(() => '');
}

async function ps(pid: number, column: string): Promise<string> {
  const { stdout } = await run('ps', ['-o', `${column}=`, '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.trim();
}
