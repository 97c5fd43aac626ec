import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { withoutOurs, type AppName } from './app-process.ts';

export interface Ended {
  /** Exit code; null: a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/** Runs a built program with a command that ends by itself (`rebuild`, or a start that is refused). */
export async function runEngine(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  app: AppName | 'standalone' = 'standalone',
): Promise<Ended> {
  const began = performance.now();
  const child = spawn(process.execPath, [`dist/apps/${app}/main.js`, ...command], {
    env: { ...withoutOurs(process.env), HYPERHOOK_PORT: '0', HYPERHOOK_LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  // A start that should have been refused must not go on for ever.
  const timer = setTimeout(() => child.kill('SIGTERM'), 60_000);
  await once(child, 'close');
  clearTimeout(timer);
  return { code: child.exitCode, stdout, stderr, seconds: (performance.now() - began) / 1_000 };
}
