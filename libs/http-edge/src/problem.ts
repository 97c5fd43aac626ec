import { statusOf, titleOf, type ProblemCode } from './problem-code.ts';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** One thing that is wrong within the request. */
export interface FieldProblem {
  /** RFC 6901 into the request body; '' is the whole body. */
  readonly pointer: string;
  readonly code: string;
  /** What is wrong and how to mend it. */
  readonly detail: string;
}

/** RFC 9457 problem details, as sent. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  /** For people: what, where, how to mend it. */
  readonly detail: string;
  /** Path of the request; never its query. */
  readonly instance?: string;
  readonly errors?: readonly FieldProblem[];
}

/** A hostile body can be wrong in a million places, or name a field with a million letters; the answer stays small. */
const MAX_ERRORS = 20;
const MAX_DETAIL = 2_000;
const MAX_TEXT = 500;

export function problem(
  code: ProblemCode,
  detail: string,
  more: { readonly instance?: string | undefined; readonly errors?: readonly FieldProblem[] } = {},
): Problem {
  const { instance, errors = [] } = more;
  return {
    type: `https://hyperhook.dev/problems/${code}`,
    title: titleOf(code),
    status: statusOf(code),
    code,
    detail: clipped(detail, MAX_DETAIL),
    ...(instance === undefined ? {} : { instance }),
    ...(errors.length === 0 ? {} : { errors: errors.slice(0, MAX_ERRORS).map(shortened) }),
  };
}

/** The same problem of something that is part of a request: its pointers lead there from the whole. */
export function problemUnder(prefix: string, { errors, ...rest }: Problem): Problem {
  if (errors === undefined) return rest;
  return { ...rest, errors: errors.map((each) => ({ ...each, pointer: `${prefix}${each.pointer}` })) };
}

function shortened({ pointer, code, detail }: FieldProblem): FieldProblem {
  return { pointer: clipped(pointer, MAX_TEXT), code, detail: clipped(detail, MAX_TEXT) };
}

/** Never cuts a surrogate pair in two. */
function clipped(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
