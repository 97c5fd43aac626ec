import { problemUnder, type Problem, type ProblemAnswer } from '#http-edge';
import type { Accepted } from '../accept/event-acceptor.ts';
import type { BatchItem } from '../accept/publisher.ts';

export interface PublishAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

type Entry = Accepted | { readonly status: 'refused'; readonly problem: Problem };

/** 202 when all were accepted, else 207: one entry per event, in order, each refused one with its problem. */
export function batchAnswer(
  items: readonly BatchItem[],
  refuse: (error: unknown) => ProblemAnswer,
): PublishAnswer {
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
    entries.push({ status: 'refused', problem: problemUnder(`/${index}`, answer.problem) });
  }
  return { status: entries.some((entry) => entry.status === 'refused') ? 207 : 202, body: entries, headers };
}
