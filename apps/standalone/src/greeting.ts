import type { Doors } from './doors.ts';
import type { Engine } from './engine.ts';
import type { StandaloneConfig } from './standalone.config.ts';

/** What a person sees on the terminal once the engine is ready. Lines that start with `ready` are for scripts too. */
export function greet(
  { url, grpc }: Pick<Doors, 'url' | 'grpc'>,
  { firstKey, folder }: Pick<Engine, 'firstKey' | 'folder'>,
  config: StandaloneConfig,
): void {
  const away =
    folder.away === null ? '' : `\n             its database in ${folder.database}, because ${folder.away}`;
  const key =
    firstKey === null
      ? `API key      made at the first start; see ${config.dataDir}/first-api-key`
      : `API key      ${firstKey.text}\n             (shown once; also in ${firstKey.file}, delete it when you have stored the key)`;
  const scale =
    config.timeScale === 1
      ? ''
      : `\nTime scale   ${config.timeScale}: delays are shortened for demonstration`;
  const also = grpc === undefined ? '' : `\ngRPC         ${grpc}`;
  const page = config.page ? `\nPage         ${url}/ui/` : '';
  process.stdout.write(`
Hyperhook is ready.
API          ${url}/api/v1${also}${page}
${key}
Data         ${config.dataDir}${away}${scale}

Try          curl ${url}/api/v1/contracts -H "Authorization: Bearer $KEY"
Stop         Ctrl-C
`);
}
