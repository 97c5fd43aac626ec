/** What a handler answers besides the body. */
export interface ReplyHead {
  readonly status?: number;
  /** Shown as ETag, to be sent back in If-Match. */
  readonly version?: number;
  /** Control position that a reader must have passed to see the change (R20). */
  readonly position?: number;
  readonly location?: string;
  /** The answer was given before, under the same Idempotency-Key. */
  readonly replayed?: boolean;
  /** Proxies that gather an answer before they pass it on would pass on nothing. */
  readonly unbuffered?: boolean;
}

/** An answer with its headers, as a value; the interceptor turns it into a response. */
export class Reply {
  readonly body: unknown;
  readonly head: ReplyHead;

  constructor(body: unknown, head: ReplyHead) {
    this.body = body;
    this.head = head;
  }
}
