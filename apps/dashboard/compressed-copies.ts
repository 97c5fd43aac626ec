import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const COMPRESSIBLE = /\.(js|css|svg)$/;
/** Below this a packet is not filled either way. */
const WORTH_IT = 1_400;

/** Writes `.br` and `.gz` beside what shrinks, so that a server compresses nothing while it is asked. */
export function compressedCopies(): Plugin {
  return {
    name: 'compressed-copies',
    // Of the files as they were written: while the bundle is made, Vite still fills in what is preloaded.
    async writeBundle({ dir = '.' }, bundle) {
      for (const name of Object.keys(bundle).filter((file) => COMPRESSIBLE.test(file))) {
        const file = join(dir, name);
        const source = await readFile(file);
        if (source.byteLength < WORTH_IT) continue;
        const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
        await writeFile(`${file}.br`, brotliCompressSync(source, { params: quality }));
        await writeFile(`${file}.gz`, gzipSync(source));
      }
    },
  };
}
