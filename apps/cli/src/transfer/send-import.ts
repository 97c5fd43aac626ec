import type { Client } from '../rest/client.ts';
import type { FieldProblem } from '../rest/problem-answer.ts';
import type { FileLine } from './import-file.ts';
import { dryRunPages, importPages } from './import-pages.ts';

export const lineResults = ['created', 'updated', 'unchanged', 'skipped', 'conflict', 'refused'] as const;
type LineResult = (typeof lineResults)[number];

interface LineAnswer {
  readonly result: LineResult;
  readonly problem?: { readonly detail: string; readonly errors?: readonly FieldProblem[] };
}

/** A line that did not come to be. */
export interface Trouble {
  readonly line: FileLine;
  readonly result: LineResult;
  readonly detail: string;
}

export interface ImportOutcome {
  readonly counts: Readonly<Record<LineResult, number>>;
  readonly troubles: readonly Trouble[];
}

export interface ImportChoices {
  readonly onConflict: string;
  readonly dryRun: boolean;
  /** Told after each page. */
  readonly onProgress: (done: number) => void;
}

/** Sends all lines, page after page. Whatever ends it, the same file can be sent again from its start. */
export async function sendImport(
  client: Client,
  lines: readonly FileLine[],
  { onConflict, dryRun, onProgress }: ImportChoices,
): Promise<ImportOutcome> {
  const counts = { created: 0, updated: 0, unchanged: 0, skipped: 0, conflict: 0, refused: 0 };
  const troubles: Trouble[] = [];
  let done = 0;
  for (const { before, lines: page } of dryRun ? dryRunPages(lines) : importPages(lines)) {
    const sent = [...before, ...page];
    const json = `{"lines":[${sent.map(({ text }) => text).join(',')}],"on_conflict":${JSON.stringify(onConflict)},"dry_run":${dryRun}}`;
    const answer = await client.call<{ readonly results: readonly LineAnswer[] }>('POST', '/import', {
      json,
    });
    for (const [at, line] of page.entries()) {
      const told = answer.results[before.length + at];
      if (told === undefined)
        throw new Error(`the engine answered ${answer.results.length} of ${sent.length} lines`);
      counts[told.result] += 1;
      if (told.problem !== undefined)
        troubles.push({ line, result: told.result, detail: told.problem.detail });
    }
    done += page.length;
    onProgress(done);
  }
  return { counts, troubles };
}
