import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { callApi, mustBe, type Answer } from './api-call.ts';
import { withoutOurs } from './app-process.ts';
import { runtime } from './runtime.ts';

/**
 * The built engine as its own process, as `npm start` runs it, so that it can be killed. The same data folder given to
 * several, one after the other, is the same installation.
 */
export class StandaloneProcess {
  url = '';
  rootKey = '';
  /** `host:port`; empty: it was given no port for gRPC. */
  grpc = '';
  readonly #env: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  #stderr = '';
  /** Told of each piece of what it writes for machines, as it comes. */
  onStderr: (text: string) => void = () => {};

  constructor(env: Readonly<Record<string, string>>) {
    this.#env = env;
  }

  /** Resolves when it says that it is ready. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [...runtime.nodeOptions, 'dist/apps/standalone/main.js'], {
      env: {
        ...runtime.environment,
        ...withoutOurs(process.env),
        HYPERHOOK_PORT: '0',
        HYPERHOOK_LOG_LEVEL: 'error',
        HYPERHOOK_ALLOW_HTTP: 'true',
        HYPERHOOK_EGRESS_ALLOW: '127.0.0.0/8',
        ...this.#env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      const text = chunk.toString();
      this.#stderr = (this.#stderr + text).slice(-8_000);
      this.onStderr(text);
    });
    const greeting = await new Promise<string>((resolve, reject) => {
      let text = '';
      child.once('exit', (code) => reject(new Error(`ended with ${code}: ${this.#stderr}\n${text}`)));
      child.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        if (text.includes('Stop ')) resolve(text);
      });
    });
    this.url = /^API +(\S+)\/api\/v1$/m.exec(greeting)?.[1] ?? '';
    this.grpc = /^gRPC +(\S+)$/m.exec(greeting)?.[1] ?? '';
    this.rootKey = /^API key +(hh_\S+)/m.exec(greeting)?.[1] ?? this.rootKey;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get stderr(): string {
    return this.#stderr;
  }

  get isRunning(): boolean {
    const child = this.#child;
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Resolves with its exit code once it has ended by itself. */
  async ended(): Promise<number | null> {
    if (this.isRunning && this.#child !== undefined) await once(this.#child, 'exit');
    return this.#child?.exitCode ?? null;
  }

  /** Without warning: its PostgreSQL is left behind for the next start to find (R25). */
  kill(): Promise<number | null> {
    return this.#end('SIGKILL');
  }

  /** Resolves with its exit code. */
  stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (child === undefined) return null;
    if (!this.isRunning) return child.exitCode;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    return child.exitCode;
  }

  call<T>(method: string, path: string, body?: unknown, key = this.rootKey): Promise<Answer<T>> {
    return callApi<T>(this.url, { method, path, body, key });
  }

  /** The same, for calls that a test relies on. */
  async must<T>(method: string, path: string, body?: unknown, key = this.rootKey): Promise<T> {
    return mustBe(await this.call<T>(method, path, body, key), method, path);
  }
}
