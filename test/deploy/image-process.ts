import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface ImageProcessOptions {
  readonly name: string;
  /** Where the image has its /app. */
  readonly app: string;
  /** ENTRYPOINT and arguments; the first is `node`, and is this Node. */
  readonly words: readonly string[];
  /** All that it is given: nothing of this process gets in. */
  readonly env: Readonly<Record<string, string>>;
  /** As whom, where this process may choose. */
  readonly user: { readonly uid: number; readonly gid: number } | undefined;
}

/** A process as a container runs it: its folder, its user, its variables, and no others. */
export class ImageProcess {
  readonly name: string;
  readonly #options: ImageProcessOptions;
  readonly #child: ChildProcess;
  #said = '';

  constructor(options: ImageProcessOptions) {
    this.name = options.name;
    this.#options = options;
    const [, ...args] = options.words;
    this.#child = spawn(process.execPath, args, {
      cwd: options.app,
      env: options.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      ...options.user,
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.#said = (this.#said + chunk.toString()).slice(-8_000)));
    }
  }

  get said(): string {
    return this.#said;
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** What HEALTHCHECK does; the exit code. */
  check(words: readonly string[]): number | null {
    if (!this.isRunning) throw new Error(`${this.name} ended: ${this.#said}`);
    const [, ...args] = words;
    const { app, env, user } = this.#options;
    return spawnSync(process.execPath, args, { cwd: app, env, ...user }).status;
  }

  /** SIGTERM, as `docker stop` sends it; resolves with the exit code. */
  async stop(): Promise<number | null> {
    if (!this.isRunning) return this.#child.exitCode;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
    return this.#child.exitCode;
  }
}
