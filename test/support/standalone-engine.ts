import { join } from 'node:path';
import type { LogRecord } from '#log';
import { createLogger, startEmbeddedPostgres } from '#platform';
import type { Answer } from './api-call.ts';
import { ApiClient } from './api-client.ts';
import { makeDataFolder } from './data-folder.ts';
import type { EngineUnderTest, Query } from './engine-under-test.ts';
import { readStoredRecords } from './stored-records.ts';
import { runEngine, type Ended } from './run-engine.ts';
import { StandaloneProcess } from './standalone-process.ts';
import { withClient } from './with-client.ts';

/** The engine in one process, on a data folder of its own. */
export class StandaloneEngine implements EngineUnderTest {
  readonly #folder: Awaited<ReturnType<typeof makeDataFolder>>;
  readonly #env: Readonly<Record<string, string>>;
  readonly #process: StandaloneProcess;
  readonly #client: ApiClient;
  #written = '';

  private constructor(
    folder: Awaited<ReturnType<typeof makeDataFolder>>,
    env: Readonly<Record<string, string>>,
  ) {
    this.#folder = folder;
    this.#env = { HYPERHOOK_DATA_DIR: folder.path, ...env };
    this.#process = new StandaloneProcess(this.#env);
    this.#process.onStderr = (text) => (this.#written += text);
    this.#client = new ApiClient(() => this.#process.url);
  }

  /** Makes the folder; starts nothing yet. */
  static async open(name: string, env: Readonly<Record<string, string>>): Promise<StandaloneEngine> {
    return new StandaloneEngine(await makeDataFolder(name), env);
  }

  get rootKey(): string {
    return this.#process.rootKey;
  }

  get urls(): Readonly<Record<string, string>> {
    return { standalone: this.#process.url };
  }

  urlFor(): string {
    return this.#process.url;
  }

  grpcFor(): string {
    return this.#process.grpc;
  }

  start(): Promise<void> {
    return this.#process.start();
  }

  async stop(): Promise<readonly (number | null)[]> {
    return [await this.#process.stop()];
  }

  async run(command: readonly string[], env: Readonly<Record<string, string>>): Promise<readonly Ended[]> {
    return [await runEngine(command, { ...this.#env, ...env })];
  }

  rebuild(): Promise<Ended> {
    return runEngine(['rebuild'], this.#env);
  }

  async withTables<T>(work: (query: Query) => Promise<T>): Promise<T> {
    const log = createLogger({ name: 'test', level: 'silent' });
    const postgres = await startEmbeddedPostgres({ dataDir: join(this.#folder.path, 'postgres'), log });
    try {
      return await withClient(postgres.connectionString, work);
    } finally {
      await postgres.stop();
    }
  }

  records(): Promise<readonly LogRecord[]> {
    return this.withTables(readStoredRecords);
  }

  get written(): string {
    return this.#written;
  }

  call<T>(method: string, path: string, body?: unknown, key = this.rootKey): Promise<Answer<T>> {
    return this.#client.call(method, path, body, key);
  }

  must<T>(method: string, path: string, body?: unknown, key = this.rootKey): Promise<T> {
    return this.#client.must(method, path, body, key);
  }

  async remove(): Promise<void> {
    await this.stop();
    await this.#folder.remove();
  }
}
