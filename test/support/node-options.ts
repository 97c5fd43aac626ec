import { readFileSync } from 'node:fs';

/** What Node is told for every process of the engine. */
export const nodeOptions = JSON.parse(
  readFileSync(new URL('../../node-options.json', import.meta.url), 'utf8'),
) as readonly string[];
