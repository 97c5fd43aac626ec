import type { Stream } from './output/output.ts';

/** What is around a run of the command line; tests give their own. */
export interface Around {
  /** Without the program and the script. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** Aborted by Ctrl-C, for commands that run until then. */
  readonly interrupted: AbortSignal;
}
