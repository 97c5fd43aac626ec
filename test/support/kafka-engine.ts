import { randomBytes, randomUUID } from 'node:crypto';
import { callApi, mustBe, type Answer } from './api-call.ts';
import { AppProcess, type AppName } from './app-process.ts';

export interface KafkaEngineOptions {
  readonly brokers: readonly string[];
  readonly databaseUrl: string;
  /** Further settings of every process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Of topics and groups; one installation each. Default: one that nobody else has. */
  readonly prefix?: string;
}

const CALL_MS = 30_000;
const order: readonly AppName[] = ['admin', 'dispatcher', 'projector', 'ingestion'];

/** The engine as separate processes over Kafka: one of each kind to begin with, more where a test adds them. */
export class KafkaEngine {
  readonly prefix: string;
  readonly brokers: readonly string[];
  readonly databaseUrl: string;
  readonly rootKey = `hh_root_${randomBytes(24).toString('hex')}`;
  readonly processes: AppProcess[] = [];
  /** All that they wrote for machines. */
  written = '';
  /** The settings of every process. */
  readonly env: Readonly<Record<string, string>>;

  constructor({ brokers, databaseUrl, env = {}, prefix }: KafkaEngineOptions) {
    this.prefix = prefix ?? `t${randomUUID().slice(0, 8)}.`;
    this.brokers = brokers;
    this.databaseUrl = databaseUrl;
    this.env = {
      HYPERHOOK_KAFKA_BROKERS: brokers.join(','),
      HYPERHOOK_KAFKA_PREFIX: this.prefix,
      HYPERHOOK_DATABASE_URL: databaseUrl,
      HYPERHOOK_ROOT_KEY: this.rootKey,
      HYPERHOOK_SECRET_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      HYPERHOOK_ALLOW_HTTP: 'true',
      HYPERHOOK_EGRESS_ALLOW: '127.0.0.0/8',
      ...env,
    };
  }

  /** Resolves when each process says that it is ready, and its probe agrees. */
  async start(): Promise<void> {
    // The first creates topics and installation; the others then need not race for it.
    const [first = 'admin', ...rest] = order;
    await this.add(first);
    await Promise.all(rest.map((app) => this.add(app)));
  }

  /** One more copy. `env`: settings of this one. */
  async add(app: AppName, env: Readonly<Record<string, string>> = {}): Promise<AppProcess> {
    const added = new AppProcess(app, { ...this.env, ...env });
    this.processes.push(added);
    added.onStderr = (text) => (this.written += text);
    await added.start();
    return added;
  }

  /** The copies that run. */
  of(app: AppName): readonly AppProcess[] {
    return this.processes.filter((one) => one.app === app && one.isRunning);
  }

  one(app: AppName): AppProcess {
    const [found] = this.of(app);
    if (found === undefined) throw new Error(`no ${app} runs`);
    return found;
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map((one) => one.stop()));
  }

  async kill(): Promise<void> {
    await Promise.all(this.processes.map((one) => one.kill()));
  }

  /** The API: events go to ingestion, everything else to admin. */
  urlFor(method: string, path: string): string {
    const isPublish = method === 'POST' && path.split('?', 1)[0] === '/events';
    return this.one(isPublish ? 'ingestion' : 'admin').url;
  }

  async call<T>(method: string, path: string, body?: unknown, key = this.rootKey): Promise<Answer<T>> {
    // A process that was killed or stopped in mid-answer is an error here, not a wait for ever.
    const signal = AbortSignal.timeout(CALL_MS);
    return callApi<T>(this.urlFor(method, path), { method, path, body, key, signal });
  }

  /** The same, for calls that a test relies on. */
  async must<T>(method: string, path: string, body?: unknown, key = this.rootKey): Promise<T> {
    return mustBe(await this.call<T>(method, path, body, key), method, path);
  }
}
