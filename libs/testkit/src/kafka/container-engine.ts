import { request } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';

type At = { readonly socketPath: string } | { readonly host: string; readonly port: number };

/**
 * Whether a container engine answers, not merely whether a client is installed. Asked where DOCKER_HOST says, else where
 * engines listen by default; each has `withinMs`, all at once.
 */
export async function hasContainerEngine(
  environment: NodeJS.ProcessEnv = process.env,
  withinMs = 1_000,
): Promise<boolean> {
  const answers = await Promise.all(places(environment).map((at) => pings(at, withinMs)));
  return answers.includes(true);
}

function places(environment: NodeJS.ProcessEnv): readonly At[] {
  const named = environment['DOCKER_HOST'];
  if (named !== undefined && named !== '') return placeOf(named);
  if (process.platform === 'win32') return [{ socketPath: '//./pipe/docker_engine' }];
  const home = environment['HOME'] ?? homedir();
  const runtime = environment['XDG_RUNTIME_DIR'];
  return [
    '/var/run/docker.sock',
    ...(runtime === undefined ? [] : [join(runtime, 'docker.sock')]),
    join(home, '.docker', 'run', 'docker.sock'),
    join(home, '.docker', 'desktop', 'docker.sock'),
  ].map((socketPath) => ({ socketPath }));
}

/** `unix:///path`, `npipe:////./pipe/name` or `tcp://host:port`; one behind TLS or SSH is not asked, so not used. */
function placeOf(address: string): readonly At[] {
  const [, kind, rest = ''] = /^(unix|npipe|tcp|http):\/\/(.+)$/.exec(address) ?? [];
  if (kind === 'unix' || kind === 'npipe') return [{ socketPath: rest }];
  const [host = '', port = ''] = rest.split(':');
  return host === '' || port === '' ? [] : [{ host, port: Number(port) }];
}

function pings(at: At, withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const asking = request({ ...at, path: '/_ping', timeout: withinMs, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    const timer = setTimeout(() => asking.destroy(), withinMs);
    asking.on('error', () => resolve(false));
    asking.on('close', () => {
      clearTimeout(timer);
      resolve(false);
    });
    asking.end();
  });
}
