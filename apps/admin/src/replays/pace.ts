import { setTimeout as delay } from 'node:timers/promises';

/** Time that a slow moment may cost before it is not caught up any more. */
const CATCH_UP_MS = 250;

/** Keeps a rate over many small steps: a step that took long is followed by shorter waits. */
export class Pace {
  #due = performance.now();

  /** After `count` things were done: waits until so many may have been. Ends early where `signal` says so. */
  async wait(count: number, ratePerSecond: number, signal: AbortSignal): Promise<void> {
    const now = performance.now();
    this.#due = Math.max(this.#due, now - CATCH_UP_MS) + (count / ratePerSecond) * 1_000;
    if (this.#due > now) await delay(this.#due - now, undefined, { signal }).catch(() => {});
  }
}
