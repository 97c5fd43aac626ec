import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { eventually } from '#testkit';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts';
import { isServerOf } from './server-process.ts';

let dataDir: string;
let running: EmbeddedPostgres | undefined;
const warnings: string[] = [];
const log = { info: () => undefined, warn: (_facts: object, message = '') => void warnings.push(message) };

const start = async (
  more: Partial<Parameters<typeof startEmbeddedPostgres>[0]> = {},
): Promise<EmbeddedPostgres> => {
  running = await startEmbeddedPostgres({ dataDir, log, ...more });
  return running;
};
const query = async (sql: string, database = running): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: database?.connectionString });
  // A server that is killed takes the connection with it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};
const clusterOf = (folder: string): string => join(folder, 'cluster');
const serverPid = async (): Promise<number> =>
  Number((await readFile(join(clusterOf(dataDir), 'postmaster.pid'), 'utf8')).split('\n')[0]);

/** Another process that starts a database in the same folder and keeps it. */
const startElsewhere = async (): Promise<ChildProcess> => {
  const module = new URL('./embedded-postgres.ts', import.meta.url).href;
  const code = `import { startEmbeddedPostgres } from ${JSON.stringify(module)};
    const log = { info() {}, warn() {} };
    await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, log });
    console.log('started');`;
  const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
};
const killHard = async (child: ChildProcess): Promise<void> => {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
  child.stdout?.destroy();
};

beforeAll(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), 'hyperhook-pg-')), 'data');
  // As root the way to the data has to be open for the user that PostgreSQL runs as.
  await mkdir(dataDir, { recursive: true });
  await chmod(join(dataDir, '..'), 0o755);
  await start();
  await query('CREATE TABLE kept (n int)');
  await running?.stop();
}, 60_000);
afterEach(async () => {
  await running?.stop();
  running = undefined;
  warnings.length = 0;
});
afterAll(() => rm(join(dataDir, '..'), { recursive: true, force: true }));

describe('the embedded database', () => {
  it('keeps its data and its password from one start to the next', async () => {
    await start();
    const password = await readFile(join(dataDir, 'password'), 'utf8');
    await query('INSERT INTO kept VALUES (1)');
    await running?.stop();
    await start();
    expect(await query('SELECT n FROM kept WHERE n = 1')).toEqual([{ n: 1 }]);
    expect(await readFile(join(dataDir, 'password'), 'utf8')).toBe(password);
    expect(running?.connectionString).toContain(password);
    expect((await stat(join(dataDir, 'password'))).mode & 0o777).toBe(0o600);
    expect((await stat(clusterOf(dataDir))).mode & 0o777).toBe(0o700);
  }, 30_000);

  it('is durable, and reachable by password and from this machine only', async () => {
    await start();
    expect(await query('SHOW synchronous_commit')).toEqual([{ synchronous_commit: 'on' }]);
    expect(await query('SHOW fsync')).toEqual([{ fsync: 'on' }]);
    const { port = 0, connectionString = '' } = running ?? {};
    const wrong = new pg.Client({ connectionString: connectionString.replace(/:[\da-f]+@/, ':wrong@') });
    await expect(wrong.connect()).rejects.toMatchObject({ code: '28P01' });
    const others = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
    for (const { address } of others.filter(({ internal, family }) => !internal && family === 'IPv4')) {
      const [error] = await once(connect(port, address), 'error');
      expect(error).toMatchObject({ code: 'ECONNREFUSED' });
    }
  }, 30_000);

  it('repairs itself after kill -9 of its server, and tells of it', async () => {
    const ended = new Promise<Error>(
      (resolve) => void start({ onUnexpectedExit: resolve }).catch(() => undefined),
    );
    await eventually(() => query('INSERT INTO kept VALUES (2)'));
    process.kill(await serverPid(), 'SIGKILL');
    expect((await ended).message).toContain('SIGKILL');
    await running?.stop();
    await start();
    expect(await query('SELECT n FROM kept WHERE n = 2')).toEqual([{ n: 2 }]);
  }, 60_000);

  it('takes over from a process that was killed and left its server running (R25)', async () => {
    const other = await startElsewhere();
    const orphan = await serverPid();
    await killHard(other);
    expect(await isServerOf(orphan, clusterOf(dataDir))).toBe(true);
    await start();
    expect(warnings).toEqual(['postgres.orphan_stopped']);
    expect(await isServerOf(orphan, clusterOf(dataDir))).toBe(false);
    expect(await serverPid()).not.toBe(orphan);
    expect(await query('SELECT count(*)::int AS count FROM kept')).toEqual([{ count: 2 }]);
  }, 60_000);

  it('leaves the server of a living process alone and says who uses the folder', async () => {
    const other = await startElsewhere();
    const pid = await serverPid();
    await expect(start()).rejects.toThrow(`is in use by process ${other.pid}`);
    expect(await isServerOf(pid, clusterOf(dataDir))).toBe(true);
    await killHard(other);
    await start();
  }, 60_000);

  it('does not trust a pid file: the process that has the number now is left alone', async () => {
    const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await writeFile(
      join(clusterOf(dataDir), 'postmaster.pid'),
      `${bystander.pid}\n${clusterOf(dataDir)}\n1\n5432\n`,
    );
    await start();
    expect(await query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(bystander.exitCode).toBeNull();
    await killHard(bystander);
  }, 30_000);

  it('refuses data of another version, and says what to do', async () => {
    const file = join(clusterOf(dataDir), 'PG_VERSION');
    const version = await readFile(file, 'utf8');
    await writeFile(file, '9.6\n');
    await expect(start()).rejects.toThrow(/was made by PostgreSQL 9\.6, this is \d+: use another folder/);
    await writeFile(file, version);
  });

  it('refuses a port that is taken, and says so', async () => {
    const first = await start();
    const folder = join(dataDir, '..', 'second');
    await expect(startEmbeddedPostgres({ dataDir: folder, log, port: first.port })).rejects.toThrow(
      `did not start on port ${first.port}`,
    );
  }, 30_000);
});
