import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';

export interface BrokerCommand {
  readonly java: string;
  readonly jvmFlags: readonly string[];
  readonly mainClass: string;
  readonly args: readonly string[];
  /** Standard output and error are appended here. */
  readonly logFile: string;
}

/** One Java process. Whoever starts it ends it; should the starter die first, a guard ends it. */
export class BrokerProcess {
  readonly #child: ChildProcess;
  readonly #exited: Promise<string>;
  readonly #logFile: string;
  #running = true;

  constructor(command: BrokerCommand) {
    this.#logFile = command.logFile;
    const log = openSync(command.logFile, 'a');
    this.#child = spawn(command.java, [...command.jvmFlags, command.mainClass, ...command.args], {
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    const guard = startGuard(this.#child.pid);
    this.#exited = new Promise<string>((resolve) => {
      this.#child.once('error', (error) => resolve(error.message));
      this.#child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
    }).then(async (how) => {
      this.#running = false;
      // Before anybody else can be given the number of the process that ended.
      await guard.dismiss();
      return how;
    });
  }

  get running(): boolean {
    return this.#running;
  }

  /** Resolves with how it ended: a signal or an exit code. */
  get exited(): Promise<string> {
    return this.#exited;
  }

  /** The last lines of its output, for errors. */
  get lastWords(): string {
    return readFileSync(this.#logFile, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
  }

  /** SIGSTOP: it hangs, its connections stay open; SIGCONT: it goes on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    if (this.#running) this.#child.kill(signal);
  }

  /** `kill -9`. */
  async kill(): Promise<void> {
    if (this.#running) this.#child.kill('SIGKILL');
    await this.#exited;
  }

  /** Asks it to stop and waits `graceMs`; then kills it. A last controller never finishes by itself. */
  async stop(graceMs: number): Promise<void> {
    if (this.#running) this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), graceMs);
    await this.#exited;
    clearTimeout(timer);
  }
}

/** A shell that kills process `pid` as soon as this process is gone, however it went (its end of the pipe closes). */
function startGuard(pid: number | undefined): { dismiss(): Promise<void> } {
  if (pid === undefined || process.platform === 'win32') return { dismiss: async () => {} };
  const guard = spawn('/bin/sh', ['-c', 'read -r _; kill -9 "$1"', 'guard', `${pid}`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // Not in our process group: Ctrl-C must not take the guard before what it guards.
    detached: true,
  });
  const closed = once(guard, 'close');
  return {
    dismiss: async () => {
      guard.kill('SIGKILL');
      await closed;
    },
  };
}
