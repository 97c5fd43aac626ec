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

/** What is said of a field: `pointer` is the RFC 6901 pointer into the body that was sent, e.g. `/url`. */
export function fieldErrorOf(error: unknown, pointer: string): string | undefined {
  if (!(error instanceof ApiProblem)) return undefined;
  return error.problem.errors?.find(
    (found) => found.pointer === pointer || found.pointer?.startsWith(`${pointer}/`),
  )?.detail;
}

/** What no field of a form shows: the whole problem, or what is said of fields that the form does not have. */
export function restOf(error: unknown, pointers: readonly string[]): string | undefined {
  if (error === null || error === undefined) return undefined;
  if (!(error instanceof ApiProblem)) return messageOf(error);
  const { errors } = error.problem;
  if (errors === undefined || errors.length === 0) return messageOf(error);
  const shown = (pointer: string | undefined) =>
    pointers.some((one) => pointer === one || pointer?.startsWith(`${one}/`));
  const others = errors.filter(({ pointer }) => !shown(pointer));
  return others.length === 0 ? undefined : others.map(({ detail }) => detail).join(' ');
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
