import { cleanText } from '#webhook-http';
import { ProblemAnswer } from '../rest/problem-answer.ts';

/** What a person reads of an error: what, where in the request, how to mend it. Inert. */
export function errorText(error: unknown): string {
  const message = cleanText(error instanceof Error ? error.message : String(error), 2_000);
  if (!(error instanceof ProblemAnswer)) return `hyperhook: ${message}`;
  const [only] = error.errors;
  // The detail of a request with one mistake says all of it already.
  const places =
    error.errors.length === 1 && message.includes(cleanText(only?.detail ?? ''))
      ? []
      : error.errors.map(({ pointer, detail }) => `  ${cleanText(pointer)}: ${cleanText(detail)}`);
  return [`hyperhook: ${message} (${error.status} ${cleanText(error.code)})`, ...places].join('\n');
}
