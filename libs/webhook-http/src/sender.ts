import type { AttemptResult, ErrorClass } from '#domain';
import type { Target } from './target.ts';

export interface SendRequest {
  readonly target: Target;
  /**
   * As they go out, names in the case given. The sender adds `User-Agent`, `Accept-Encoding`, `X-Hyperhook-Hop` and
   * what framing needs.
   */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** How many deliveries led to this one; the request says one more, so that a circle is noticed. Absent: none. */
  readonly hop?: number | undefined;
  /** One deadline over DNS, connect, TLS, sending and the response head. */
  readonly timeoutMs: number;
  /**
   * Asked in the turn in which the request is written, after DNS, connect and TLS: whether it may be sent at all can have
   * changed meanwhile (R9). Absent: it may.
   */
  readonly mayStart?: () => boolean;
}

/** `mayStart` said no: not a byte of the request was written, and it may be sent another time, by whoever may. */
export class NotStarted extends Error {
  override readonly name = 'NotStarted';
}

/** How one request went. `result` decides; the rest is for people. */
export interface AttemptReport {
  readonly result: AttemptResult;
  /** Epoch ms. */
  readonly startedAt: number;
  /** Until the response head, or until the attempt was given up; reading the body does not count. */
  readonly durationMs: number;
  readonly status: number | null;
  readonly errorClass: ErrorClass | null;
  /** One sentence for people; says nothing about our network. */
  readonly message: string;
  /** Names in lower case, repeated ones joined by `, `; at most 100, values cut at 1 KiB; null: no head came. */
  readonly responseHeaders: Readonly<Record<string, string>> | null;
  /** At most 16 KiB as received (never decompressed): attacker-written bytes. Empty when no head came. */
  readonly responseBody: Uint8Array;
  /** Body bytes that were read (at most about 64 KiB). */
  readonly responseBytes: number;
  /** `responseBody` is shorter than what the receiver sent or promised. */
  readonly responseTruncated: boolean;
  /** The body was not read to its end: it broke off, dripped or was too long. The verdict stands all the same. */
  readonly bodyIncomplete: boolean;
  readonly retryAfterMs: number | null;
}

/**
 * Makes attempts. Whatever happens is a report; it rejects with {@link NotStarted} only. One call is at most one request on
 * the wire (P4).
 */
export interface Sender {
  send(request: SendRequest): Promise<AttemptReport>;
  /** Ends idle connections at once and waits for requests in flight. */
  close(): Promise<void>;
}
