import { problemOf } from '#http-edge';
import type { LineAnswer } from '../use-cases/transfer/import-lines.ts';
import { lineResults } from '../use-cases/transfer/plan-line.ts';

/** What became of each line, in their order, and how many of each there are. */
export function importView(lines: readonly unknown[], answers: readonly LineAnswer[]) {
  const counts = Object.fromEntries(
    lineResults.map((result) => [result, answers.filter((each) => each.result === result).length]),
  );
  const results = answers.map(({ result, error }, at) => ({
    ...namesOf(lines[at]),
    result,
    ...(error === undefined ? {} : { problem: shortProblem(error, `/lines/${at}`) }),
  }));
  return { counts, results };
}

/** As far as the line has them: what it is about. */
function namesOf(line: unknown): { readonly kind?: unknown; readonly id?: unknown } {
  if (line === null || typeof line !== 'object') return {};
  const { kind, id } = line as { readonly kind?: unknown; readonly id?: unknown };
  return { ...(typeof kind === 'string' ? { kind } : {}), ...(typeof id === 'string' ? { id } : {}) };
}

/** Pointers lead into the request, as everywhere. */
function shortProblem(error: Error, at: string) {
  const { status, code, detail, errors } = problemOf(error).problem;
  const placed = errors?.map((each) => ({ ...each, pointer: at + each.pointer }));
  return { status, code, detail, ...(placed === undefined ? {} : { errors: placed }) };
}
