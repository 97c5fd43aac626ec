import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { runtime } from './runtime.ts';

export const appNames = ['ingestion', 'dispatcher', 'projector', 'admin'] as const;
export type AppName = (typeof appNames)[number];

const KEPT_CHARACTERS = 8_000;

/** A shell with settings of its own must not change what is tested. */
export function withoutOurs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(HYPERHOOK_|NODE_OPTIONS)/.test(name)));
}

/** One built app as its own process, as `npm run start:<app>` runs it, so that it can be killed. */
export class AppProcess {
  readonly app: AppName;
  /** Where it listens; empty before it is ready. */
  url = '';
  /** `host:port`; empty: it was given no port for gRPC, or knows none. */
  grpc = '';
  readonly #env: Readonly<Record<string, string>>;
  readonly #bundle: string;
  #child: ChildProcess | undefined;
  #stderr = '';
  /** Told of each piece of what it writes for machines, as it comes. */
  onStderr: (text: string) => void = () => {};

  /** `bundle`: another build of it than this checkout's. */
  constructor(app: AppName, env: Readonly<Record<string, string>>, bundle = `dist/apps/${app}/main.js`) {
    this.app = app;
    this.#env = env;
    this.#bundle = bundle;
  }

  /** Resolves when it says that it is ready. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [...runtime.nodeOptions, this.#bundle], {
      env: {
        ...runtime.environment,
        ...withoutOurs(process.env),
        HYPERHOOK_PORT: '0',
        HYPERHOOK_LOG_LEVEL: 'warn',
        ...this.#env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Ctrl-C is for the parent, which then stops this one: a second signal would cut its stop short.
      detached: true,
    });
    this.#child = child;
    this.#stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      const text = chunk.toString();
      this.#stderr = (this.#stderr + text).slice(-KEPT_CHARACTERS);
      this.onStderr(text);
    });
    this.url = await new Promise<string>((resolve, reject) => {
      let text = '';
      child.once('exit', (code, signal) =>
        reject(new Error(`${this.app} ended with ${code ?? signal}: ${this.#stderr}\n${text}`)),
      );
      child.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        this.grpc = /takes gRPC at (\S+)\n/.exec(text)?.[1] ?? '';
        const [, url] = /ready at (\S+)\n/.exec(text) ?? [];
        if (url !== undefined) resolve(url);
      });
    });
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get isRunning(): boolean {
    const child = this.#child;
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  }

  /** The last lines that it wrote for machines. */
  get stderr(): string {
    return this.#stderr;
  }

  /** 200: ready. */
  async readiness(): Promise<number> {
    const answer = await fetch(`${this.url}/readyz`).catch(() => undefined);
    await answer?.body?.cancel();
    return answer?.status ?? 0;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** `kill -9`. */
  kill(): Promise<number | null> {
    return this.#end('SIGKILL');
  }

  /** SIGTERM; resolves with its exit code. */
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
}
