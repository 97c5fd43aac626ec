import type { FieldProblem, ProblemAnswer } from '#http-edge';
import { retryAfterOf } from './failure.ts';

/** hyperhook.v1.Problem: what became of one event of many. */
export interface ProblemMessage {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly FieldProblem[];
  readonly retry_after_seconds?: number;
}

export function problemMessage({ problem, headers }: ProblemAnswer): ProblemMessage {
  const { status, code, title, detail, errors = [] } = problem;
  const retryAfter = retryAfterOf(headers);
  return {
    status,
    code,
    title,
    detail,
    errors,
    ...(retryAfter === undefined ? {} : { retry_after_seconds: retryAfter }),
  };
}
