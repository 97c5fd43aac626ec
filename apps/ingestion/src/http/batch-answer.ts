import { problemOf, type Problem, type ProblemAnswer } from '#http-edge';
import type { Accepted } from '../accept/event-acceptor.ts';

/** What became of one event of a batch. */
export type BatchItem =
  { readonly ok: true; readonly accepted: Accepted } | { readonly ok: false; readonly error: unknown };

export interface PublishAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

type Entry = Accepted | { readonly status: 'refused'; readonly problem: Problem };

/**
 * 202 when all were accepted, else 207: one entry per event, in order, each refused one with its problem.
 * P1: a batch that the log took nothing of is no 2xx; it throws what the log said.
 */
export function batchAnswer(
  items: readonly BatchItem[],
  refuse: (error: unknown) => ProblemAnswer,
): PublishAnswer {
  throwIfNothingAccepted(items);
  const entries: Entry[] = [];
  let headers: Readonly<Record<string, string>> = {};
  for (const [index, item] of items.entries()) {
    if (item.ok) {
      entries.push(item.accepted);
      continue;
    }
    const answer = refuse(item.error);
    if (answer.headers['retry-after'] !== undefined)
      headers = { 'retry-after': answer.headers['retry-after'] };
    entries.push({ status: 'refused', problem: at(index, answer.problem) });
  }
  return { status: entries.some((entry) => entry.status === 'refused') ? 207 : 202, body: entries, headers };
}

function throwIfNothingAccepted(items: readonly BatchItem[]): void {
  const failed = items.flatMap((item) => (item.ok ? [] : [item.error]));
  const ours = failed.find((error) => problemOf(error).problem.status >= 500);
  if (failed.length === items.length && ours !== undefined) throw ours;
}

/** Pointers lead into the request body, where the event is one of many. */
function at(index: number, problem: Problem): Problem {
  const errors = problem.errors?.map((each) => ({ ...each, pointer: `/${index}${each.pointer}` }));
  return { ...problem, ...(errors === undefined ? {} : { errors }) };
}
