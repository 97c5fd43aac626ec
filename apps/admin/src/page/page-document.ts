import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What stands in the built `index.html` wherever the nonce of an answer goes. */
const PLACEHOLDER = '__CSP_NONCE__';

/** The document of the page for one answer; undefined: there is none. Read anew, because it may be built beside a running process. */
export async function pageDocument(folder: string, nonce: string): Promise<string | undefined> {
  try {
    return (await readFile(join(folder, 'index.html'), 'utf8')).replaceAll(PLACEHOLDER, nonce);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
