import type { Problem } from './schema.ts';

/** An answer that is no success, as the API tells it (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly problem: Problem;
  /** Seconds after which it may be asked again; undefined: nothing was said. */
  readonly retryAfter: number | undefined;

  constructor(problem: Problem, retryAfter?: number) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** No answer at all: the engine, or the way to it, is away. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function hasCode(error: unknown, code: Problem['code']): boolean {
  return error instanceof ApiProblem && error.problem.code === code;
}

export function hasStatus(error: unknown, status: number): boolean {
  return error instanceof ApiProblem && error.problem.status === status;
}
