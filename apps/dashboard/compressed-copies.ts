import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const COMPRESSIBLE = /\.(js|css|svg)$/;
/** Below this a packet is not filled either way. */
const WORTH_IT = 1_400;

/** Writes `.br` and `.gz` beside what shrinks, so that a server compresses nothing while it is asked. */
export function compressedCopies(): Plugin {
  return {
    name: 'compressed-copies',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        const source = file.type === 'chunk' ? file.code : file.source;
        if (!COMPRESSIBLE.test(file.fileName) || source.length < WORTH_IT) continue;
        const brotli = brotliCompressSync(source, {
          params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
        });
        this.emitFile({ type: 'asset', fileName: `${file.fileName}.br`, source: brotli });
        this.emitFile({ type: 'asset', fileName: `${file.fileName}.gz`, source: gzipSync(source) });
      }
    },
  };
}
