import { dirname } from 'node:path';
import { shippedContractsDirectory } from '#contracts';

/** The folder that everything of ours is in: `package.json`, `dist`, `demo`. Relative data folders are below it, as `npm start` has them. */
export function installedAt(): string {
  return dirname(dirname(dirname(shippedContractsDirectory())));
}
