import { spawn, type ChildProcess } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account.ts';
import { cleanEnvironment, identityOf } from './cluster.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

export interface ServerOptions {
  readonly executable: string;
  readonly clusterDir: string;
  /** Begun anew at every start. */
  readonly logFile: string;
  readonly flags: readonly string[];
  /** 0: any free one. */
  readonly port: number;
  readonly account: Account | null;
}

export interface Server {
  readonly port: number;
  /** Resolves with how it ended, whoever ended it. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** Replaying the write-ahead log after a crash comes before readiness and may take a while. */
const READY_WITHIN_MS = 120_000;
/** Backends of a killed server notice its end within a second or so; until then the cluster is theirs. */
const BACKENDS_GONE_WITHIN_MS = 15_000;
const FAST_STOP_MS = 30_000;

export async function startServer(options: ServerOptions): Promise<Server> {
  const deadline = performance.now() + BACKENDS_GONE_WITHIN_MS;
  for (;;) {
    const port = options.port === 0 ? await freePort() : options.port;
    const server = await spawnServer(options, port);
    if (await becomesReady(server, options.clusterDir)) return server;

    const said = await readFile(options.logFile, 'utf8');
    // Another process took the free port in between, or backends are still about: both pass.
    const portTaken = options.port === 0 && said.includes('Address already in use');
    const passing = portTaken || said.includes('pre-existing shared memory block');
    if (!passing || performance.now() > deadline) {
      throw new EmbeddedPostgresError(
        `PostgreSQL did not start on port ${port}: ${said.trim().slice(-1_000)}`,
      );
    }
    await delay(200);
  }
}

interface SpawnedServer extends Server {
  readonly child: ChildProcess;
}

async function spawnServer(options: ServerOptions, port: number): Promise<SpawnedServer> {
  const log = await open(options.logFile, 'w', 0o600);
  try {
    const child = spawn(
      options.executable,
      ['-D', options.clusterDir, '-p', String(port), ...options.flags],
      {
        ...identityOf(options.account),
        env: cleanEnvironment,
        cwd: '/',
        // A file, not a pipe: the server may outlive us, and must not choke on a pipe nobody reads.
        stdio: ['ignore', log.fd, log.fd],
        // A session of its own, or Ctrl-C at the terminal would stop it before we have drained.
        detached: true,
      },
    );
    const ended = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : signal));
    });
    return { child, port, ended, stop: () => stopServer(child, ended) };
  } finally {
    await log.close();
  }
}

/** False: it ended instead. */
async function becomesReady(server: SpawnedServer, clusterDir: string): Promise<boolean> {
  const { child } = server;
  const deadline = performance.now() + READY_WITHIN_MS;
  while (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    // The eighth line is what pg_ctl waits for as well; a file left by another server has another number.
    const lines = (await readFile(join(clusterDir, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return true;
    if (performance.now() > deadline) {
      await server.stop();
      throw new EmbeddedPostgresError(`PostgreSQL was not ready within ${READY_WITHIN_MS / 1_000} s.`);
    }
    await delay(10);
  }
  return false;
}

/** SIGINT cuts sessions and writes a checkpoint; SIGQUIT ends it as a crash would, which the next start repairs. */
async function stopServer(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGQUIT'), FAST_STOP_MS);
  await ended;
  clearTimeout(timer);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}
