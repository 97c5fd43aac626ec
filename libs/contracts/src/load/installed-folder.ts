import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A folder of files that come with the engine, by its path below our package.json. Found by walking up to that file,
 * because the same code runs from `libs/…/src` and bundled in `dist/apps/<app>/main.js`.
 */
export function installedFolder(path: string, from: string = import.meta.dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (isOurs(join(folder, 'package.json'))) return join(folder, path);
    if (folder === dirname(folder)) {
      throw new Error(`no package.json of hyperhook above ${from}: ${path} cannot be found`);
    }
  }
}

function isOurs(file: string): boolean {
  if (!existsSync(file)) return false;
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown };
  return manifest.name === 'hyperhook';
}
