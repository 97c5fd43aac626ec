import type { AttemptResult } from '#domain';
import type { AttemptReport, SendRequest, Sender } from '#webhook-http';

export interface Sent extends SendRequest {
  /** Epoch ms by `Date.now`, which a test may hold. */
  readonly at: number;
  readonly url: string;
}

/** `after`: real answers take a while; a request without one is answered in the same turn. */
export type Answer =
  | number
  | { readonly status: number; readonly retryAfterMs?: number; readonly after?: number }
  | { readonly status: null; readonly after: number }
  | 'timeout'
  | 'hang';

/** Implements the port: answers from a script, on no network, and remembers what was sent when. */
export class FakeSender implements Sender {
  readonly sent: Sent[] = [];
  /** `nth`: how many requests went to that URL before this one. */
  answer: (request: Sent, nth: number) => Answer = () => 200;
  readonly #counts = new Map<string, number>();

  send(request: SendRequest): Promise<AttemptReport> {
    const url = request.target.origin + request.target.path;
    const sent = { ...request, at: Date.now(), url };
    const nth = this.#counts.get(url) ?? 0;
    this.#counts.set(url, nth + 1);
    this.sent.push(sent);
    const answer = this.answer(sent, nth);
    if (answer === 'hang') return new Promise(() => {});
    const after = typeof answer === 'object' ? (answer.after ?? 0) : 0;
    if (after === 0) return Promise.resolve(reportOf(answer, sent.at));
    return new Promise((resolve) => setTimeout(() => resolve(reportOf(answer, sent.at)), after));
  }

  to(url: string): Sent[] {
    return this.sent.filter((sent) => sent.url === url);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function reportOf(answer: Exclude<Answer, 'hang'>, at: number): AttemptReport {
  const status = typeof answer === 'number' ? answer : answer === 'timeout' ? null : answer.status;
  const retryAfterMs =
    typeof answer === 'object' && answer.status !== null ? (answer.retryAfterMs ?? null) : null;
  const result: AttemptResult =
    status === null ? { kind: 'error', errorClass: 'timeout' } : { kind: 'response', status, retryAfterMs };
  return {
    result,
    startedAt: at,
    durationMs: 1,
    status,
    errorClass: status === null ? 'timeout' : null,
    message: status === null ? 'no answer in time' : `answered ${status}`,
    responseHeaders: status === null ? null : {},
    responseBody: new Uint8Array(),
    responseBytes: 0,
    responseTruncated: false,
    bodyIncomplete: false,
    retryAfterMs,
  };
}
