import { Metadata, type StatusObject } from '@grpc/grpc-js';
import type { Problem, ProblemAnswer } from '#http-edge';
import { grpcStatusOf } from './grpc-status.ts';
import { richStatus } from './rich-status.ts';

/** Trailing metadata that carries the problem document, as JSON in UTF-8. */
export const PROBLEM_KEY = 'problem-bin';

const DETAILS_KEY = 'grpc-status-details-bin';

/** Clients take 8 KiB of metadata, many of them no more; what is larger ends the connection. So long may each text be. */
const MAX_BYTES = 2_000;
const MAX_MESSAGE = 300;

/**
 * A problem as the end of a call: status code, one text for people, and the whole document twice: as REST sends it, and in
 * the form that generated clients read by themselves (google.rpc.Status).
 */
export function failureOf({ problem, headers }: Pick<ProblemAnswer, 'problem' | 'headers'>): StatusObject {
  const code = grpcStatusOf(problem.code);
  const metadata = new Metadata();
  const retryAfter = retryAfterOf(headers);
  const small = fitting(problem, (one) => Buffer.byteLength(JSON.stringify(one)));
  metadata.set(PROBLEM_KEY, Buffer.from(JSON.stringify(small)));
  const rich = (one: Problem): Buffer => richStatus(code, one, retryAfter);
  metadata.set(DETAILS_KEY, rich(fitting(problem, (one) => rich(one).length)));
  return { code, details: messageOf(problem), metadata };
}

/** Whole seconds; undefined: nothing was said of another try. */
export function retryAfterOf(headers: ProblemAnswer['headers']): number | undefined {
  const text = headers['retry-after'];
  return text === undefined ? undefined : Number(text);
}

/** With fewer errors, and shorter, until it fits; the first ones say most. */
function fitting(problem: Problem, size: (problem: Problem) => number): Problem {
  let fit = problem;
  for (;;) {
    if (size(fit) <= MAX_BYTES) return fit;
    const { errors = [], ...rest } = fit;
    if (errors.length > 1) fit = { ...rest, errors: errors.slice(0, errors.length >> 1) };
    else if (errors.length === 1) fit = rest;
    else if (fit.detail.length > 1) fit = { ...fit, detail: `${cut(fit.detail, fit.detail.length >> 1)}…` };
    else return fit;
  }
}

/** grpc-js writes it percent-encoded, and cannot encode half of a surrogate pair. */
function messageOf({ code, detail }: Problem): string {
  const text = `${code}: ${detail}`.toWellFormed();
  return text.length <= MAX_MESSAGE ? text : `${cut(text, MAX_MESSAGE - 1)}…`;
}

const cut = (text: string, length: number): string => text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
