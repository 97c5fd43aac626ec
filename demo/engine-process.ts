import { spawn, type ChildProcess } from 'node:child_process';

/** The engine as its own process: the same `dist/apps/standalone/main.js` that `npm start` runs. */
export interface EngineProcess {
  readonly url: string;
  readonly rootKey: string;
  stop(): Promise<void>;
}

const START_WITHIN_MS = 60_000;

export async function startEngineProcess(env: Readonly<Record<string, string>>): Promise<EngineProcess> {
  const child = spawn(process.execPath, ['--enable-source-maps', 'dist/apps/standalone/main.js'], {
    env: { ...withoutOurs(process.env), HYPERHOOK_PORT: '0', HYPERHOOK_LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C is for the demo, which then stops the engine: a second signal would cut its stop short.
    detached: true,
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4_000)));
  const greeting = await readGreeting(child, () => errors);
  const [, url = ''] = /^API +(\S+)\/api\/v1$/m.exec(greeting) ?? [];
  const [, rootKey = ''] = /^API key +(hh_\S+)/m.exec(greeting) ?? [];
  return { url, rootKey, stop: () => stop(child) };
}

function readGreeting(child: ChildProcess, errors: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(
      () => reject(new Error(`the engine was not ready within ${START_WITHIN_MS / 1_000} s\n${errors()}`)),
      START_WITHIN_MS,
    );
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the engine ended with exit code ${code}\n${errors()}\n${text.slice(-2_000)}`));
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (!text.includes('Stop ')) return;
      clearTimeout(timer);
      resolve(text);
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

/** A shell with settings of its own must not change what the demo shows. */
function withoutOurs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('HYPERHOOK_')));
}
