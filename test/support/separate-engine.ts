import { topics, type LogRecord } from '#log';
import type { KafkaForTests, PostgresForTests } from '#testkit';
import type { Answer } from './api-call.ts';
import { ApiClient } from './api-client.ts';
import { appNames } from './app-process.ts';
import type { EngineUnderTest, Query } from './engine-under-test.ts';
import { KafkaEngine } from './kafka-engine.ts';
import { LogTail } from './log-tail.ts';
import { runEngine, type Ended } from './run-engine.ts';
import { startServers } from './start-servers.ts';
import { withClient } from './with-client.ts';

/** The engine as one process of each kind, on a broker and a PostgreSQL of its own. */
export class SeparateEngine implements EngineUnderTest {
  /** For what only separate processes have: further copies, one of them stopped. */
  readonly processes: KafkaEngine;
  readonly #kafka: KafkaForTests;
  readonly #postgres: PostgresForTests;
  readonly #client: ApiClient;

  private constructor(
    kafka: KafkaForTests,
    postgres: PostgresForTests,
    env: Readonly<Record<string, string>>,
  ) {
    this.#kafka = kafka;
    this.#postgres = postgres;
    this.processes = new KafkaEngine({
      brokers: kafka.brokers,
      databaseUrl: postgres.connectionString,
      env,
    });
    this.#client = new ApiClient((method, path) => this.processes.urlFor(method, path));
  }

  /** Starts broker and database, and no process yet. */
  static async open(env: Readonly<Record<string, string>> = {}): Promise<SeparateEngine> {
    const [kafka, postgres] = await startServers();
    return new SeparateEngine(kafka, postgres, env);
  }

  get rootKey(): string {
    return this.processes.rootKey;
  }

  get urls(): Readonly<Record<string, string>> {
    return Object.fromEntries(appNames.map((app) => [app, this.processes.one(app).url]));
  }

  urlFor(method: string, path: string): string {
    return this.processes.urlFor(method, path);
  }

  grpcFor(service: string): string {
    return this.processes.one(service === 'IngestService' ? 'ingestion' : 'admin').grpc;
  }

  start(): Promise<void> {
    return this.processes.start();
  }

  stop(): Promise<readonly (number | null)[]> {
    const running = this.processes.processes.filter(({ isRunning }) => isRunning);
    return Promise.all(running.map((one) => one.stop()));
  }

  run(command: readonly string[], env: Readonly<Record<string, string>>): Promise<readonly Ended[]> {
    return Promise.all(appNames.map((app) => runEngine(command, { ...this.processes.env, ...env }, app)));
  }

  rebuild(): Promise<Ended> {
    return runEngine(['rebuild'], this.processes.env, 'projector');
  }

  withTables<T>(work: (query: Query) => Promise<T>): Promise<T> {
    return withClient(this.#postgres.connectionString, work);
  }

  async records(): Promise<readonly LogRecord[]> {
    const records: LogRecord[] = [];
    const names = topics.map(({ name }) => name);
    const tail = await LogTail.open(this.processes, names, (record) => records.push(record));
    try {
      await tail.readOn();
      return records;
    } finally {
      await tail.close();
    }
  }

  get written(): string {
    return this.processes.written;
  }

  call<T>(method: string, path: string, body?: unknown, key = this.rootKey): Promise<Answer<T>> {
    return this.#client.call(method, path, body, key);
  }

  must<T>(method: string, path: string, body?: unknown, key = this.rootKey): Promise<T> {
    return this.#client.must(method, path, body, key);
  }

  async remove(): Promise<void> {
    await this.stop();
    await Promise.all([this.#kafka.stop(), this.#postgres.stop()]);
  }
}
