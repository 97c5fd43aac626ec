import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { withoutOurs } from './app-process.ts';

const root = join(import.meta.dirname, '..', '..');

export interface CliEnded {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built command line as its own process, typed into a shell. */
export class CliProcess {
  readonly child: ChildProcess;
  stdout = '';
  stderr = '';
  readonly #ended: Promise<unknown>;

  /** `line`: what a person types, after `hyperhook`. */
  constructor(line: string, cwd: string, env: Readonly<Record<string, string>>) {
    // Positional parameters, so that no path needs quoting; exec, so that signals reach the program itself.
    this.child = spawn(
      'sh',
      ['-c', `exec "$0" "$1" ${line}`, process.execPath, join(root, 'dist/apps/cli/main.js')],
      {
        cwd,
        env: { ...withoutOurs(process.env), ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.#ended = once(this.child, 'close');
  }

  async ended(): Promise<CliEnded> {
    await this.#ended;
    return { code: this.child.exitCode, stdout: this.stdout, stderr: this.stderr };
  }
}

export function runCliLine(
  line: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<CliEnded> {
  return new CliProcess(line, cwd, env).ended();
}
