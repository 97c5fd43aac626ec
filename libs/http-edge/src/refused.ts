import type { FieldProblem } from './problem.ts';
import type { ProblemCode } from './problem-code.ts';

interface More {
  readonly errors?: readonly FieldProblem[];
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that is answered with a problem. Thrown by the edge and by use cases; the filter turns it into bytes. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: ProblemCode;
  readonly errors: readonly FieldProblem[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, detail: string, more: More & ErrorOptions = {}) {
    super(detail, more);
    this.code = code;
    this.errors = more.errors ?? [];
    this.headers = more.headers ?? {};
  }
}

/** For something that will go through later; `seconds` ≥ 1. */
export function retryAfter(seconds: number): Readonly<Record<string, string>> {
  return { 'retry-after': String(Math.max(1, Math.ceil(seconds))) };
}
