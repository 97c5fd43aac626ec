import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface SourcePlace {
  /** Below the repository where it is ours, `node:…` where it is Node's. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

const maps = new Map<string, SourceMap | undefined>();

/** Where code stood before it was bundled. `line` and `column` from 0, as profiles have them. */
export function sourceOf(url: string, line: number, column: number): SourcePlace {
  // CommonJS has its path for a URL.
  if (!url.startsWith('file:') && !isAbsolute(url)) return { file: url, line: line + 1 };
  const bundle = isAbsolute(url) ? url : fileURLToPath(url);
  const entry = mapOf(bundle)?.findEntry(line, column);
  if (entry !== undefined && 'originalSource' in entry) {
    return { file: tidied(entry.originalSource), line: entry.originalLine + 1 };
  }
  return { file: tidied(bundle), line: line + 1 };
}

function mapOf(bundle: string): SourceMap | undefined {
  if (!maps.has(bundle)) {
    const file = `${bundle}.map`;
    const isThere = existsSync(file);
    maps.set(bundle, isThere ? new SourceMap(JSON.parse(readFileSync(file, 'utf8')) as never) : undefined);
  }
  return maps.get(bundle);
}

const tidied = (file: string): string =>
  file.replace(/^.*?(?=(?:apps|libs|node_modules)\/)/, '').replace(/^webpack:\/+/, '');
