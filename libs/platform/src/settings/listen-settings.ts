import { defineConfig } from '../load-config.ts';

/** Where a process listens. `port`: its default, so that all of them fit on one machine. */
export function listenSettings(port: number) {
  return defineConfig({
    host: {
      env: 'HYPERHOOK_HOST',
      kind: 'string',
      default: '127.0.0.1',
      description: 'address to listen on',
    },
    port: {
      env: 'HYPERHOOK_PORT',
      kind: 'int',
      default: port,
      min: 0,
      max: 65_535,
      description: 'port of the API, of health and metrics; 0: a free one',
    },
  });
}
