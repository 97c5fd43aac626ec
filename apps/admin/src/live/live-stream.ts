import { Readable } from 'node:stream';
import { allChanges, isAny, joined, noChanges, type Changes } from './changes.ts';

/** Ms after which the reader asks again once the stream has ended. */
const RETRY_MS = 2_000;

/** Why the engine ended it; `credential`: the key or token is not good any more. */
export type EndReason = 'stopping' | 'credential';

export interface Listener {
  /** null: all tenants. */
  readonly tenantId: string | null;
  readonly wantsStats: boolean;
  /** False once the credential that opened the stream is revoked or has expired. */
  readonly isStillGood: () => boolean;
}

/**
 * One page that listens, as the bytes of `text/event-stream`.
 *
 * 1. Nothing is queued: while the reader has not taken what it was sent last, changes gather as three flags, and stats are
 *    left out. So a stream holds a message or two, however slow its reader.
 * 2. The first message says that everything may have changed: whoever comes, or comes back, knows nothing.
 * 3. It ends once. After `end` nothing is sent.
 */
export class LiveStream {
  readonly listener: Listener;
  readonly bytes = new Readable({ read: () => undefined });
  #changes: Changes = allChanges;
  #sentAt: number;
  /** Since when the reader has not taken what it was sent; undefined: it has. */
  #stuckSince: number | undefined;
  #isHeld = true;
  #isEnded = false;

  /** `now`: monotonic ms, in all calls. */
  constructor(listener: Listener, now: number) {
    this.listener = listener;
    this.#sentAt = now;
    this.bytes.push(`retry: ${RETRY_MS}\n\n`);
  }

  note(changes: Partial<Changes>): void {
    this.#changes = joined(this.#changes, changes);
  }

  /** From now on every change is noted, so that what it has been told is true. */
  release(): void {
    this.#isHeld = false;
  }

  /** Sends what has changed. Ms for which the reader has taken nothing; 0: it has taken all. */
  flush(now: number): number {
    if (this.#isEnded || this.#isHeld) return 0;
    if (this.#isStuck(now)) return now - (this.#stuckSince ?? now);
    if (isAny(this.#changes)) {
      const changes = this.#changes;
      this.#changes = noChanges;
      this.#send('changed', JSON.stringify(changes), now);
    }
    return 0;
  }

  /** `body`: one line of JSON. */
  tellStats(body: string, now: number): void {
    if (!this.#isEnded && !this.#isHeld && !this.#isStuck(now)) this.#send('stats', body, now);
  }

  /** So that neither end takes a quiet stream for a broken one. */
  beat(now: number, everyMs: number): void {
    if (this.#isEnded || now - this.#sentAt < everyMs || this.#isStuck(now)) return;
    this.#sentAt = now;
    this.bytes.push(': still here\n\n');
  }

  end(reason: EndReason): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.bytes.push(`event: end\ndata: ${JSON.stringify({ reason })}\n\n`);
    this.bytes.push(null);
  }

  /** Without a word: there is nobody who reads. */
  cut(): void {
    this.#isEnded = true;
    this.bytes.destroy();
  }

  #send(event: string, data: string, now: number): void {
    this.#sentAt = now;
    this.bytes.push(`event: ${event}\ndata: ${data}\n\n`);
  }

  #isStuck(now: number): boolean {
    if (this.bytes.readableLength === 0) this.#stuckSince = undefined;
    else this.#stuckSince ??= now;
    return this.#stuckSince !== undefined;
  }
}
