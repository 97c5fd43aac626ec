import { JsonError, PublishRejected } from '#contracts';
import { Rejected, type RejectionCode } from '#domain';
import { LogError } from '#log';
import { problem, type Problem } from './problem.ts';
import { problemCodes, type ProblemCode } from './problem-code.ts';
import { Refused, retryAfter } from './refused.ts';

/** What to answer: the body, and headers beside it (names in lower case). */
export interface ProblemAnswer {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
  /** True: nobody foresaw this error. Log it; the answer tells nothing about it. */
  readonly unexpected: boolean;
}

/** A hint, not a promise: long enough to spare a log that is coming back, short enough not to be noticed. */
const RETRY_AFTER_SECONDS = 2;

const rejections: Readonly<Record<RejectionCode, ProblemCode>> = {
  already_exists: 'already_exists',
  not_found: 'not_found',
  conflict: 'conflict',
  invalid: 'invalid',
};

/** The one place where errors become answers. Never throws. `instance`: the request's path, without its query. */
export function problemOf(error: unknown, instance?: string): ProblemAnswer {
  const expected = (code: ProblemCode, detail: string, headers: ProblemAnswer['headers'] = {}) => ({
    problem: problem(code, detail, { instance }),
    headers,
    unexpected: false,
  });
  if (error instanceof Refused) {
    const { code, message, errors, headers } = error;
    return { problem: problem(code, message, { instance, errors }), headers, unexpected: false };
  }
  if (error instanceof Rejected) return expected(rejections[error.code], error.message);
  if (error instanceof JsonError) {
    const { code, message, pointer } = error;
    const errors = [{ pointer, code, detail: message }];
    return { problem: problem(code, message, { instance, errors }), headers: {}, unexpected: false };
  }
  if (error instanceof PublishRejected) {
    const tooLarge = error.problems.some(({ code }) => code === 'payload_too_large');
    const code = tooLarge ? 'payload_too_large' : 'validation_failed';
    const made = problem(code, error.message, { instance, errors: error.problems });
    return { problem: made, headers: {}, unexpected: false };
  }
  if (error instanceof LogError) return ofLog(error, expected);
  return ofFramework(error, expected) ?? { ...expected('internal', INTERNAL), unexpected: true };
}

const INTERNAL = 'the request could not be handled; it was logged here, and may be sent again';

type Expected = (code: ProblemCode, detail: string, headers?: ProblemAnswer['headers']) => ProblemAnswer;

function ofLog(error: LogError, expected: Expected): ProblemAnswer {
  switch (error.code) {
    case 'record_too_large':
      return expected('payload_too_large', 'the event is larger than the log takes; send less data');
    case 'log_unavailable':
    case 'log_closed':
    case 'log_owned_elsewhere': {
      const detail = 'the log does not answer, so nothing is promised; send the same request again';
      return expected('unavailable', detail, retryAfter(RETRY_AFTER_SECONDS));
    }
    case 'topic_mismatch':
    default:
      return { ...expected('internal', INTERNAL), unexpected: true };
  }
}

/** Errors of Fastify (`statusCode`) and of Nest (`getStatus()`), known by their form: this library knows neither. */
function ofFramework(error: unknown, expected: Expected): ProblemAnswer | undefined {
  if (!(error instanceof Error)) return undefined;
  const { statusCode, getStatus } = error as { statusCode?: unknown; getStatus?: unknown };
  const status: unknown = typeof getStatus === 'function' ? getStatus.call(error) : statusCode;
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined;
  return expected(byStatus.get(status) ?? 'bad_request', error.message);
}

/** The general code of each 4xx status that a framework gives on its own. */
const byStatus: ReadonlyMap<number, ProblemCode> = new Map(
  (
    [
      'bad_request',
      'forbidden',
      'not_found',
      'method_not_allowed',
      'not_acceptable',
      'request_timeout',
      'conflict',
      'precondition_failed',
      'body_too_large',
      'unsupported_media_type',
      'invalid',
      'too_many_requests',
      'headers_too_large',
    ] as const
  ).map((code) => [problemCodes[code][0], code]),
);
