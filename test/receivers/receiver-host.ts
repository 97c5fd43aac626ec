import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Sample } from './samples.ts';

export interface Asked {
  readonly kind: Sample['kind'];
  readonly file: string;
  readonly headers: Readonly<Record<string, string>>;
  /** base64 */
  readonly body: string;
  readonly secret: string;
}

export interface ReceiverHost {
  /** HTTP status that the sample's server answers, or would. */
  status(asked: Asked): Promise<number>;
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (status: number) => void;
  readonly reject: (error: Error) => void;
}

/** A child process that answers JSON lines. Rejects where the command cannot be started at all. */
export async function startHost(command: string, args: readonly string[]): Promise<ReceiverHost> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child, 'spawn');
  const exited = once(child, 'exit');
  const waiting = new Map<number, Waiting>();
  let last = 0;

  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, status, error } = JSON.parse(line) as { id: number; status?: number; error?: string };
    const asker = waiting.get(id);
    waiting.delete(id);
    if (status !== undefined) asker?.resolve(status);
    else asker?.reject(new Error(`the sample could not be run: ${error ?? 'no reason given'}`));
  });
  child.on('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`${command} ended with ${code}`));
    waiting.clear();
  });
  // A write to a child that has ended is told to the asker by its exit.
  child.stdin.on('error', () => {});

  return {
    status: (asked) =>
      new Promise((resolve, reject) => {
        if (child.exitCode !== null) return reject(new Error(`${command} ended with ${child.exitCode}`));
        last += 1;
        waiting.set(last, { resolve, reject });
        child.stdin.write(`${JSON.stringify({ id: last, ...asked })}\n`);
      }),
    async close() {
      child.stdin.end();
      await exited;
    },
  };
}
