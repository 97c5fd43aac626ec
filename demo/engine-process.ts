import { spawn, type ChildProcess } from 'node:child_process';
import runtime from '../runtime.json' with { type: 'json' };

/** A process of the engine: the same `dist/apps/<app>/main.js` that `npm start` runs. */
export interface EngineProcess {
  /** What it said on stdout until it was ready. */
  readonly greeting: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const START_WITHIN_MS = 60_000;

/** Resolves once `ready` is in what it says on stdout. */
export async function startEngineProcess(
  app: string,
  env: Readonly<Record<string, string>>,
  ready: RegExp,
): Promise<EngineProcess> {
  const child = spawn(process.execPath, [...runtime.nodeOptions, `dist/apps/${app}/main.js`], {
    env: {
      ...runtime.environment,
      ...withoutOurs(process.env),
      HYPERHOOK_PORT: '0',
      HYPERHOOK_LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C is for the demo, which then stops the engine: a second signal would cut its stop short.
    detached: true,
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4_000)));
  try {
    const greeting = await readGreeting(app, child, ready, () => errors);
    return { greeting, pid: child.pid ?? 0, stop: () => stop(child) };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

function readGreeting(
  app: string,
  child: ChildProcess,
  ready: RegExp,
  errors: () => string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(
      () => reject(new Error(`${app} was not ready within ${START_WITHIN_MS / 1_000} s\n${errors()}`)),
      START_WITHIN_MS,
    );
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`${app} ended with exit code ${code}\n${errors()}\n${text.slice(-2_000)}`));
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (!ready.test(text)) return;
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
