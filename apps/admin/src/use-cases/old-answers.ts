import type { AnsweredRequests } from '#read-model';

/** As long as an answer is kept, and its key taken. */
export const KEPT_MS = 24 * 3_600_000;
const FORGET_EVERY_MS = 600_000;

/** Forgets old answers now and then; on the way of whoever asks. */
export class OldAnswers {
  #forgotten = 0;

  forget(requests: AnsweredRequests, now: number, onError: (error: unknown) => void): void {
    if (now - this.#forgotten < FORGET_EVERY_MS) return;
    this.#forgotten = now;
    requests.forgetBefore(now - KEPT_MS).catch(onError);
  }
}
