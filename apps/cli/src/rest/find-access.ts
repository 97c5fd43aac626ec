import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CliConfig } from '../cli.config.ts';
import { UsageError } from '../usage-error.ts';
import type { Access } from './client.ts';

/**
 * Which engine, and with which key: `--api-url` and `--api-key`, else the environment, else the first key that a standalone
 * engine left in its data folder. That one is only taken for an engine on this machine: it opens everything.
 */
export function findAccess(config: CliConfig, cwd: string): Access {
  const { url, publishUrl, apiKey, dataDir } = config;
  return {
    url,
    publishUrl: publishUrl ?? url,
    key: apiKey ?? firstKey(url, resolve(cwd, dataDir)),
  };
}

function firstKey(url: string, dataDir: string): string {
  const how = 'give --api-key, or set HYPERHOOK_API_KEY';
  if (!/^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname)) {
    throw new UsageError(`an API key is needed for ${url}; ${how}`);
  }
  const file = join(dataDir, 'first-api-key');
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new UsageError(`an API key is needed, and there is none in ${file}; ${how}`);
  }
}
