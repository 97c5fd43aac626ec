import type { FileLine } from './import-file.ts';

/** Lines of one request. */
export interface ImportPage {
  /** Sent first, to be judged beside the others; their answers are not asked for. */
  readonly before: readonly FileLine[];
  readonly lines: readonly FileLine[];
}

/** Of one request; the engine takes 1,000 lines and 1 MiB. */
const MOST_LINES = 500;
const MOST_BYTES = 512 * 1_024;

export function* importPages(lines: readonly FileLine[]): Iterable<ImportPage> {
  let page: FileLine[] = [];
  let bytes = 0;
  for (const line of lines) {
    const size = Buffer.byteLength(line.text);
    if (page.length > 0 && (page.length === MOST_LINES || bytes + size > MOST_BYTES)) {
      yield { before: [], lines: page };
      page = [];
      bytes = 0;
    }
    page.push(line);
    bytes += size;
  }
  if (page.length > 0) yield { before: [], lines: page };
}

/**
 * A dry run leaves nothing behind for the next page to build on, so each brings the lines of the tenants that it speaks
 * of.
 */
export function* dryRunPages(lines: readonly FileLine[]): Iterable<ImportPage> {
  const tenants = new Map(lines.filter(({ kind }) => kind === 'tenant').map((line) => [line.id, line]));
  for (const page of importPages(lines)) {
    const own = new Set(page.lines.map(({ id, kind }) => (kind === 'tenant' ? id : undefined)));
    const named = new Set(page.lines.map(({ tenant }) => tenant).filter((id) => !own.has(id)));
    yield { before: [...named].flatMap((id) => tenants.get(id) ?? []), lines: page.lines };
  }
}
