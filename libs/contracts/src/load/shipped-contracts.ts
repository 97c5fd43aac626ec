import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder of the contracts that come with the engine. Found by walking up to our package.json, because the same
 * code runs from `libs/contracts/src` and bundled in `dist/apps/<app>/main.js`.
 */
export function shippedContractsDirectory(from: string = import.meta.dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (isOurs(join(folder, 'package.json'))) return join(folder, 'libs', 'contracts', 'data');
    if (folder === dirname(folder)) {
      throw new Error(`no package.json of hyperhook above ${from}: the contract files cannot be found`);
    }
  }
}

function isOurs(file: string): boolean {
  if (!existsSync(file)) return false;
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown };
  return manifest.name === 'hyperhook';
}
