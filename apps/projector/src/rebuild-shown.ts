import type { Log } from '#log';
import { progressBar } from '#platform';
import type { Keep } from '#read-model';
import { rebuild } from './rebuild.ts';

const BAR_EVERY_MS = 100;
const LINE_EVERY_MS = 5_000;

/** A rebuild that a person watches: a bar on a terminal, lines elsewhere; Ctrl-C leaves the tables as they were. */
export async function rebuildShown(log: Log, connectionString: string, keep: Keep): Promise<void> {
  await using opened = new AsyncDisposableStack();
  const ending = new AbortController();
  const interrupt = (): void => ending.abort(new Error('broken off; the tables are as they were'));
  process.once('SIGINT', interrupt);
  opened.defer(() => void process.off('SIGINT', interrupt));
  const began = performance.now();
  const { isTTY } = process.stderr;
  let shownAt = Number.NEGATIVE_INFINITY;
  const records = await rebuild({
    log,
    keep,
    readModel: { connectionString, statementTimeoutMs: 0 },
    signal: ending.signal,
    onProgress: (progress) => {
      const now = performance.now();
      if (now - shownAt < (isTTY ? BAR_EVERY_MS : LINE_EVERY_MS) && progress.done < progress.total) return;
      shownAt = now;
      const bar = progressBar({ ...progress, unit: 'records' }, now - began);
      process.stderr.write(isTTY ? `\r\u001B[K${bar}` : `${bar}\n`);
    },
  });
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  process.stdout.write(`${isTTY ? '\n' : ''}rebuilt from ${records} records in ${seconds} s\n`);
}
