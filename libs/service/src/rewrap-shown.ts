import { parseSecretKeys, rewrapSecrets } from '#control';
import type { Control } from './follow-control.ts';

const SAY_EVERY_MS = 5_000;

/** A rewrapping that a person watches. Throws at the end where something did not open: its key must stay in the list. */
export async function rewrapShown(
  { control, writer }: Control,
  secretKeys: string,
  around: {
    readonly now: () => number;
    readonly signal: AbortSignal;
    readonly stdout: { write(text: string): unknown };
    readonly stderr: { write(text: string): unknown };
  },
): Promise<void> {
  const { now, signal, stdout, stderr } = around;
  let saidAt = performance.now();
  const { rewrapped, total, unopened } = await rewrapSecrets(control, writer, parseSecretKeys(secretKeys), {
    now,
    signal,
    onProgress: (done, all) => {
      if (performance.now() - saidAt < SAY_EVERY_MS) return;
      saidAt = performance.now();
      stderr.write(`${done} of ${all}\n`);
    },
  });
  stdout.write(`sealed anew: ${rewrapped} of ${total} tenants and webhooks that hold something sealed\n`);
  if (unopened.length === 0) return;
  for (const each of unopened) stderr.write(`${each}\n`);
  throw new Error(
    `${unopened.length} did not open: give the keys that they were sealed with as well, and run this again`,
  );
}
