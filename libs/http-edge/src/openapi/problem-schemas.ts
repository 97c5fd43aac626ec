import { PROBLEM_MEDIA_TYPE } from '../problem.ts';
import { problemCodes, statusOf, type ProblemCode } from '../problem-code.ts';
import { headersOf, type AnswerHeader } from './answer-headers.ts';
import { listOf, objectOf, ref, text, whole, type JsonSchema } from './json-schema.ts';

const codes = Object.keys(problemCodes) as ProblemCode[];

/** RFC 9457 problem details, as problem.ts makes them. */
export const problemSchemas: Readonly<Record<string, JsonSchema>> = {
  FieldProblem: objectOf({
    pointer: text('Where in the request body (RFC 6901); "" is the whole body.'),
    code: text('What is wrong, for programs.'),
    detail: text('What is wrong and how to mend it, for people.'),
  }),
  Problem: objectOf(
    {
      type: text('Names the code as a URI.', { format: 'uri' }),
      title: text('The same for every problem of this code.'),
      status: whole('The HTTP status.'),
      code: text('From a closed list; never changes its meaning.', { enum: codes }),
      detail: text('What, where, and how to mend it; for people.'),
      instance: text('Path of the request, without its query.'),
      errors: listOf(ref('FieldProblem'), 'What is wrong within the request, 20 at most.'),
    },
    { optional: ['instance', 'errors'], description: 'Problem details (RFC 9457).' },
  ),
};

const headersByStatus: Readonly<Record<number, readonly AnswerHeader[]>> = {
  401: ['authenticate'],
  403: ['authenticate'],
  429: ['retryAfter'],
  503: ['retryAfter'],
};

const statuses = [...new Set(codes.map(statusOf))].sort((a, b) => a - b);

/** One answer for each status, with the codes that have it; operations refer to these. */
export const problemAnswers: Readonly<Record<string, unknown>> = Object.fromEntries(
  statuses.map((status) => {
    const own = codes.filter((code) => statusOf(code) === status);
    const headers = headersOf([...(headersByStatus[status] ?? []), 'rateLimit', 'rateLimitPolicy']);
    const schema = { allOf: [ref('Problem'), objectOf({ status: { const: status }, code: { enum: own } })] };
    return [
      nameOf(status),
      { description: own.join(', '), headers, content: { [PROBLEM_MEDIA_TYPE]: { schema } } },
    ];
  }),
);

/** Refers to the answers of all statuses that these codes have. */
export function problemResponses(own: readonly ProblemCode[]): Readonly<Record<string, unknown>> {
  const found = [...new Set(own.map(statusOf))].sort((a, b) => a - b);
  return Object.fromEntries(
    found.map((status) => [String(status), { $ref: `#/components/responses/${nameOf(status)}` }]),
  );
}

function nameOf(status: number): string {
  return `Problem${status}`;
}
