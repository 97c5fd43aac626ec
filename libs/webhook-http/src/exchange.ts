import type { Dispatcher } from 'undici';
import { classifyError } from './classify-error.ts';
import { describeError, describeStatus } from './describe-attempt.ts';
import { DeadlinePassed, MalformedResponse } from './exchange-errors.ts';
import { readHeaders } from './response-headers.ts';
import { parseRetryAfter } from './retry-after.ts';
import { NotStarted, type AttemptReport, type SendRequest } from './sender.ts';

const BODY_MAX_BYTES = 64 * 1_024;
const BODY_KEPT_BYTES = 16 * 1_024;
const BODY_MAX_MS = 2_000;
/** A receiver may send hints (103) before it answers; one that sends only hints is not answering. */
const MAX_INTERIM = 16;

const nothing = new Uint8Array(0);
/** For undici, which tells nobody: one for all, as making it means walking the stack. */
const over = new DeadlinePassed();

export interface ExchangeEnd {
  /** NotStarted: nothing was written. */
  readonly report: AttemptReport | NotStarted;
  /** The response was read to its end, so the connection may carry another request. */
  readonly reusable: boolean;
}

/**
 * One request and its response, as undici tells it.
 *
 * 1. It ends exactly once: with the response read (as far as we read), an error, or the deadline.
 * 2. The verdict stands with the status line: nothing after it changes `result` (DESIGN §7.3).
 * 3. After its end it stops whatever is still to happen: a request that did not start yet never does (P4).
 * 4. Whether it may start is asked, and the deadline looked at, in the turn in which it is written: in a process that stood
 *    still, connections come about before timers fire (R9).
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #timeoutMs: number;
  readonly #mayStart: () => boolean;
  readonly #settle: (end: ExchangeEnd) => void;
  readonly #startedAt = Date.now();
  readonly #started = performance.now();
  #timer: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | undefined;
  #ended = false;
  #interim = 0;

  #status = 0;
  #headedAfterMs = 0;
  #headers: Record<string, string> | null = null;
  #chunks: Uint8Array[] = [];
  #kept = 0;
  #bytes = 0;

  constructor(
    { timeoutMs, mayStart = () => true }: Pick<SendRequest, 'timeoutMs' | 'mayStart'>,
    settle: (end: ExchangeEnd) => void,
  ) {
    this.#timeoutMs = timeoutMs;
    this.#mayStart = mayStart;
    this.#settle = settle;
    this.#timer = setTimeout(() => this.fail(new DeadlinePassed()), timeoutMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#ended) {
      controller.abort(over);
      return;
    }
    this.#controller = controller;
    if (!this.#mayStart()) this.#end(false, new NotStarted('it may not be sent any more'));
    else if (performance.now() - this.#started >= this.#timeoutMs) this.fail(new DeadlinePassed());
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    if (this.#ended) return;
    if (status >= 100 && status < 200 && (this.#interim += 1) <= MAX_INTERIM) return;
    if (status < 200 || status > 599) {
      this.fail(new MalformedResponse());
      return;
    }
    this.#status = status;
    this.#headedAfterMs = performance.now() - this.#started;
    this.#headers = readHeaders(Array.isArray(controller.rawHeaders) ? controller.rawHeaders : []);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#endWithResponse(false), BODY_MAX_MS);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#ended) return;
    this.#bytes += chunk.byteLength;
    const room = BODY_KEPT_BYTES - this.#kept;
    if (room > 0) {
      const part = chunk.byteLength > room ? chunk.subarray(0, room) : chunk;
      this.#chunks.push(part);
      this.#kept += part.byteLength;
    }
    if (this.#bytes > BODY_MAX_BYTES) this.#endWithResponse(false);
  }

  onResponseEnd(): void {
    this.#endWithResponse(true);
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.fail(error);
  }

  /** The attempt ends here unless its head has arrived; then only its body does. */
  fail(error: unknown): void {
    if (this.#status !== 0) {
      this.#endWithResponse(false);
      return;
    }
    const errorClass = classifyError(error);
    this.#end(false, {
      result: { kind: 'error', errorClass },
      startedAt: this.#startedAt,
      durationMs: performance.now() - this.#started,
      status: null,
      errorClass,
      message: describeError(errorClass, error, this.#timeoutMs),
      responseHeaders: null,
      responseBody: nothing,
      responseBytes: 0,
      responseTruncated: false,
      bodyIncomplete: false,
      retryAfterMs: null,
    });
  }

  #endWithResponse(complete: boolean): void {
    if (this.#ended) return;
    const status = this.#status;
    const asked = this.#headers?.['retry-after'];
    const retryAfterMs = asked === undefined ? null : parseRetryAfter(asked, Date.now());
    this.#end(complete, {
      result: { kind: 'response', status, retryAfterMs },
      startedAt: this.#startedAt,
      durationMs: this.#headedAfterMs,
      status,
      errorClass: null,
      message: describeStatus(status),
      responseHeaders: this.#headers,
      responseBody: this.#body(),
      responseBytes: this.#bytes,
      responseTruncated: !complete || this.#bytes > this.#kept,
      bodyIncomplete: !complete,
      retryAfterMs,
    });
  }

  #end(reusable: boolean, report: AttemptReport | NotStarted): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    if (!reusable) this.#controller?.abort(over);
    this.#settle({ report, reusable });
  }

  #body(): Uint8Array {
    const [first, second] = this.#chunks;
    if (first === undefined) return nothing;
    return second === undefined ? first : Buffer.concat(this.#chunks);
  }
}
