import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Around } from '../around.ts';
import type { Cli } from '../cli.ts';
import { EndedWith } from '../ended-with.ts';
import { installedAt } from '../installed-at.ts';

interface Runtime {
  readonly nodeOptions: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** The engine itself, on this machine. */
export function addEngine(cli: Cli): void {
  const start = cli.add(cli.program, 'start', {
    summary: 'the whole engine in one process, until Ctrl-C',
    example: 'start',
    more: 'Settings come from the environment: docs/configuration in the README lists them.',
  });
  cli.run(start, ({ around }) => engine('serve', around));

  const demo = cli.add(cli.program, 'demo [options...]', {
    summary: 'the engine and receivers, judged; ends with 0 if every expectation held',
    example: 'demo',
    more: 'Options after -- are those of npm run demo: --keep, --kafka.',
  });
  cli.run(demo, ({ args, around }) =>
    node(['--disable-warning=ExperimentalWarning', 'demo/main.ts', ...args], {}, around),
  );

  const rebuild = cli.add(cli.program, 'rebuild', {
    summary: 'build the tables again from the log, with the engine stopped',
    example: 'rebuild',
  });
  cli.run(rebuild, ({ around }) => engine('rebuild', around));

  const restore = cli.add(cli.program, 'restore <file>', {
    summary: 'a backup into a new data folder, before anything was started there',
    example: 'restore control.jsonl',
    more: 'The key file of the old installation must be there already, or HYPERHOOK_SECRET_KEYS be set: without it no secret opens.',
  });
  cli.run(restore, ({ args: [file = ''], around }) => engine('restore', around, resolve(around.cwd, file)));
}

function engine(command: string, around: Around, ...args: readonly string[]): Promise<void> {
  const file = join(installedAt(), 'runtime.json');
  const { nodeOptions, environment } = JSON.parse(readFileSync(file, 'utf8')) as Runtime;
  return node([...nodeOptions, 'dist/apps/standalone/main.js', command, ...args], environment, around);
}

/** Its terminal is ours, so Ctrl-C reaches it by itself; a signal to us alone is passed on. */
async function node(
  args: readonly string[],
  environment: Runtime['environment'],
  around: Around,
): Promise<void> {
  const child = spawn(process.execPath, args, {
    cwd: installedAt(),
    env: { ...environment, ...around.env },
    stdio: 'inherit',
  });
  const pass = () => {
    if (around.interrupted.reason === 'SIGTERM') child.kill('SIGTERM');
  };
  around.interrupted.addEventListener('abort', pass);
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  around.interrupted.removeEventListener('abort', pass);
  if (code !== 0) throw new EndedWith(code ?? (signal === null ? 1 : 128));
}
