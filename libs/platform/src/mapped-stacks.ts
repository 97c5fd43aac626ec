import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Where rspack's maps say that a source is: below the folder of the project. */
const PREFIX = /^webpack:\/\/[^/]*\/(\.\/)?/;

/** Written as V8 writes it. */
interface Frame extends NodeJS.CallSite {
  toString(): string;
}

/**
 * Has the stacks of errors tell of sources instead of the one file that they were built into. The map is read when somebody
 * first reads a stack: Node's own `--enable-source-maps` parses the maps of everything that is loaded and keeps
 * them, which was 10 MB of each process (decision 0024). `bundle`: path of a file with `<bundle>.map` beside it; without
 * one (sources that run as they are) nothing changes.
 */
export function mapStacks(bundle: string): void {
  const path = `${bundle}.map`;
  if (!existsSync(path)) return;
  // Modules are named by the file that a link leads to.
  const file = realpathSync(bundle);
  let map: SourceMap | undefined;
  Error.prepareStackTrace = (error, frames: readonly Frame[]) => {
    map ??= new SourceMap(JSON.parse(readFileSync(path, 'utf8')) as SourceMapPayload);
    const read = map;
    return [headOf(error), ...frames.map((frame) => `    at ${inSources(frame, file, read)}`)].join('\n');
  };
}

/** What V8 writes above the frames. */
function headOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}

function inSources(frame: Frame, bundle: string, map: SourceMap): string {
  const written = frame.toString();
  const file = frame.getFileName();
  const [line, column] = [frame.getLineNumber(), frame.getColumnNumber()];
  if (file === null || file === undefined || line === null || column === null) return written;
  if (pathOf(file) !== bundle) return written;
  // Both count from 0, frames from 1.
  const found = map.findEntry(line - 1, column - 1);
  if (!('originalSource' in found)) return written;
  const source = found.originalSource.replace(PREFIX, '');
  return written.replace(
    `${file}:${line}:${column}`,
    `${source}:${found.originalLine + 1}:${found.originalColumn + 1}`,
  );
}

const pathOf = (file: string): string => (file.startsWith('file:') ? fileURLToPath(file) : file);
