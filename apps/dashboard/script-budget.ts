import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

interface Chunk {
  readonly fileName: string;
  readonly code: string;
  readonly isEntry: boolean;
  readonly isDynamicEntry: boolean;
  readonly imports: readonly string[];
}

/**
 * Fails the build where a page needs more script than this, compressed. A page is the entry, what it imports, and one part that is
 * fetched later with what that imports.
 */
export function scriptBudget(maxBytes: number): Plugin {
  return {
    name: 'script-budget',
    generateBundle(_options, bundle) {
      const chunks = new Map(
        Object.values(bundle)
          .filter((file) => file.type === 'chunk')
          .map((chunk) => [chunk.fileName, chunk] as const),
      );
      for (const { page, bytes } of pageSizes(chunks)) {
        if (bytes <= maxBytes) continue;
        this.error(`${page} needs ${kilobytes(bytes)} of compressed script; at most ${kilobytes(maxBytes)}`);
      }
    },
  };
}

function pageSizes(chunks: ReadonlyMap<string, Chunk>) {
  const all = [...chunks.values()];
  const start = all.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName);
  const sizes = new Map(all.map(({ fileName, code }) => [fileName, gzipSync(code).byteLength]));
  return all
    .filter(({ isEntry, isDynamicEntry }) => isEntry || isDynamicEntry)
    .map(({ fileName }) => {
      const needed = new Set<string>();
      for (const file of [...start, fileName]) collect(chunks, file, needed);
      return { page: fileName, bytes: [...needed].reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0) };
    });
}

function collect(chunks: ReadonlyMap<string, Chunk>, file: string, needed: Set<string>): void {
  if (needed.has(file)) return;
  needed.add(file);
  for (const imported of chunks.get(file)?.imports ?? []) collect(chunks, imported, needed);
}

const kilobytes = (bytes: number) => `${Math.ceil(bytes / 1_000)} kB`;
