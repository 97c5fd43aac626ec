import { readFileSync } from 'node:fs';

export interface Descendant {
  readonly pid: number;
  /** Arguments, each followed by a zero byte. */
  readonly commandLine: string;
  /** Whose child it is, where that is not this process itself. */
  readonly parent: Descendant | undefined;
}

/** Everything that this process has started, and what that has started in turn, as Linux's /proc tells it; none elsewhere. */
export function descendants(pid = process.pid, parent?: Descendant): readonly Descendant[] {
  const children = text(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean);
  return children.flatMap((child) => {
    const own = { pid: Number(child), commandLine: text(`/proc/${child}/cmdline`), parent };
    return [own, ...descendants(own.pid, own)];
  });
}

/** What was started detached outlives a process that is interrupted: here nothing does. */
export function endWithUs(): void {
  process.on('exit', () => {
    for (const { pid } of descendants()) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // Ended by itself meanwhile.
      }
    }
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
}

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Gone, or not Linux.
    return '';
  }
}
