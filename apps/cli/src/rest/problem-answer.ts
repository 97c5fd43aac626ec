/** One thing that is wrong in the request. */
export interface FieldProblem {
  readonly pointer: string;
  readonly detail: string;
}

/** An answer that is no success, as the engine tells it (RFC 9457). */
export class ProblemAnswer extends Error {
  override readonly name = 'ProblemAnswer';
  readonly status: number;
  /** From the closed list of the API; `http_<status>` where something before the engine answered. */
  readonly code: string;
  readonly errors: readonly FieldProblem[];

  constructor(status: number, code: string, detail: string, errors: readonly FieldProblem[]) {
    super(detail);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

/** Reads what may be a problem, or anything that a proxy says. */
export function problemAnswer(status: number, text: string): ProblemAnswer {
  const { code, detail, errors } = asObject(text);
  const found = Array.isArray(errors) ? errors.filter(isFieldProblem) : [];
  if (typeof code === 'string' && typeof detail === 'string') {
    return new ProblemAnswer(status, code, detail, found);
  }
  const said = text.trim() === '' ? 'with nothing' : `with ${JSON.stringify(text.slice(0, 200))}`;
  return new ProblemAnswer(status, `http_${status}`, `answered ${status} ${said}; is this the engine?`, []);
}

function asObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function isFieldProblem(value: unknown): value is FieldProblem {
  if (value === null || typeof value !== 'object') return false;
  const { pointer, detail } = value as Partial<Record<keyof FieldProblem, unknown>>;
  return typeof pointer === 'string' && typeof detail === 'string';
}
