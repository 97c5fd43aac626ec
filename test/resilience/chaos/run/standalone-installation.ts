import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { assertNever } from '#domain';
import { createLogger, startEmbeddedPostgres } from '#platform';
import { makeDataFolder } from '../../../support/data-folder.ts';
import { queryInstallation } from '../../../support/installation-database.ts';
import { runEngine, type Ended } from '../../../support/run-engine.ts';
import { StandaloneProcess } from '../../../support/standalone-process.ts';
import { withClient } from '../../../support/with-client.ts';
import type { Fault } from '../plan/faults.ts';
import { foldRecord, readTopics } from './fold-record.ts';
import { InFlight } from './in-flight.ts';
import type { Installation, InstallationParts } from './installation.ts';
import { LogReader } from './log-reader.ts';
import { StandaloneTail } from './standalone-tail.ts';

type Folder = Awaited<ReturnType<typeof makeDataFolder>>;

const NOTICES_WITHIN_MS = 30_000;

/** The engine as one process on a data folder of its own. */
export class StandaloneInstallation implements Installation {
  readonly reader: LogReader;
  readonly #folder: Folder;
  readonly #env: Readonly<Record<string, string>>;
  readonly #process: StandaloneProcess;
  readonly #inFlight: InFlight;
  readonly #parts: InstallationParts;
  #isUp = true;

  private constructor(
    folder: Folder,
    env: Readonly<Record<string, string>>,
    process: StandaloneProcess,
    parts: InstallationParts,
  ) {
    this.#folder = folder;
    this.#env = env;
    this.#process = process;
    this.#parts = parts;
    const tail = new StandaloneTail(folder.path, readTopics, (record) => foldRecord(parts.facts, record));
    this.reader = new LogReader(tail);
    this.#inFlight = new InFlight(parts.facts, parts.receiver, this.reader);
  }

  static async open(parts: InstallationParts): Promise<StandaloneInstallation> {
    const folder = await makeDataFolder('chaos');
    const env = { ...parts.env, HYPERHOOK_DATA_DIR: folder.path };
    const process = new StandaloneProcess(env);
    try {
      await process.start();
    } catch (error) {
      await folder.remove();
      throw error;
    }
    return new StandaloneInstallation(folder, env, process, parts);
  }

  get rootKey(): string {
    return this.#process.rootKey;
  }

  get publishUrls(): readonly string[] {
    return this.#isUp ? [this.#process.url] : [];
  }

  get adminUrls(): readonly string[] {
    return this.publishUrls;
  }

  async apply(fault: Fault): Promise<string> {
    const { kind, forMs } = fault;
    switch (kind) {
      case 'kill':
        return this.#end(forMs, () => this.#process.kill());
      case 'database-kill':
        return this.#end(forMs, () => this.#killDatabase());
      case 'stop':
        return this.#stop(forMs);
      case 'pause':
        this.#process.signal('SIGSTOP');
        await delay(forMs);
        this.#process.signal('SIGCONT');
        return '';
      case 'second-copy':
        return this.#startSecond();
      case 'join':
      case 'broker-kill':
      case 'broker-stop':
      case 'broker-freeze':
      case 'database-away':
        throw new Error(`${kind} is not for one process`);
      default:
        return assertNever(kind);
    }
  }

  poison(): Promise<void> {
    return Promise.reject(new Error('nobody else writes to the log of a data folder'));
  }

  query: Installation['query'] = (statement) => queryInstallation(this.#folder.path, statement);

  queryStopped: Installation['queryStopped'] = async (work) => {
    const log = createLogger({ name: 'chaos', level: 'silent' });
    const postgres = await startEmbeddedPostgres({ dataDir: join(this.#folder.path, 'postgres'), log });
    try {
      return await withClient(postgres.connectionString, work);
    } finally {
      await postgres.stop();
    }
  };

  async stop(): Promise<readonly string[]> {
    const code = await this.#process.stop();
    return code === 0 ? [] : [`standalone exit code ${code}: ${this.#process.stderr.slice(-500)}`];
  }

  rebuild(): Promise<Ended> {
    return runEngine(['rebuild'], this.#env);
  }

  async close(): Promise<void> {
    await this.reader.idle();
    // Where it was killed, the next start finds the PostgreSQL that was left behind, and stops with it.
    if (!this.#process.isRunning) await this.#process.start();
    await this.#process.stop();
    await this.#folder.remove();
  }

  async #end(forMs: number, end: () => Promise<unknown>): Promise<string> {
    const { pid } = this.#process;
    this.#isUp = false;
    await end();
    const noted = this.#inFlight.note(pid, true);
    await delay(forMs);
    await this.#start();
    return `${await noted} attempts in flight`;
  }

  async #stop(forMs: number): Promise<string> {
    this.#isUp = false;
    const began = performance.now();
    const code = await this.#process.stop();
    const took = `exit after ${((performance.now() - began) / 1_000).toFixed(1)} s`;
    if (code !== 0) {
      const what = `standalone ended with ${code} after SIGTERM: ${this.#process.stderr.slice(-800)}`;
      this.#parts.facts.complain('exit', what);
    }
    await delay(forMs);
    await this.#start();
    return took;
  }

  /** Losing the connection that holds the lock ends the process: whoever supervises it starts it again (R25). */
  async #killDatabase(): Promise<void> {
    const pidFile = join(this.#folder.path, 'postgres', 'cluster', 'postmaster.pid');
    const [pid] = (await readFile(pidFile, 'utf8')).split('\n');
    process.kill(Number(pid), 'SIGKILL');
    const late = AbortSignal.timeout(NOTICES_WITHIN_MS);
    const ended = await Promise.race([
      this.#process.ended(),
      new Promise<'late'>((resolve) => late.addEventListener('abort', () => resolve('late'))),
    ]);
    if (ended === 1) return;
    this.#parts.facts.complain('exit', `standalone ended with ${ended} after its PostgreSQL was killed`);
    if (ended === 'late') await this.#process.kill();
  }

  async #start(): Promise<void> {
    await this.#process.start();
    this.#isUp = true;
  }

  async #startSecond(): Promise<string> {
    const { code, stderr } = await runEngine([], this.#env);
    if (code === 0 || code === null) {
      this.#parts.facts.complain('R25', `a second copy on the same folder ended with ${code}: ${stderr}`);
    }
    return `refused with exit code ${code}`;
  }
}
