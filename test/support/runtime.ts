import { readFileSync } from 'node:fs';

/** How every process of the engine is run. */
export const runtime = JSON.parse(readFileSync(new URL('../../runtime.json', import.meta.url), 'utf8')) as {
  readonly nodeOptions: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
};
