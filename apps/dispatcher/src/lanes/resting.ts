import { Alarm } from '#log';
import type { Lane } from './lane.ts';

/** Many lanes that rest are not looked through more often; their paces make up for what it delays (StartPaces). */
const LEAST_REST_MS = 2;

/** Lanes that have work and room, and wait for the time that their rate allows: one timer for all of them. */
export class Resting {
  readonly #until = new Map<Lane, number>();
  readonly #now: () => number;
  readonly #alarm: Alarm;
  /** No lane is rested before. */
  #next = Infinity;

  /** `now`: monotonic ms. `wake` calls `takeRested`. */
  constructor(now: () => number, wake: () => void) {
    this.#now = now;
    this.#alarm = new Alarm(now, wake);
  }

  add(lane: Lane, until: number): void {
    this.#until.set(lane, until);
    this.#ringAt(until);
  }

  delete(lane: Lane): boolean {
    return this.#until.delete(lane);
  }

  /** Those whose time has come, and no others. */
  takeRested(): readonly Lane[] {
    if (this.#next === Infinity) return [];
    const now = this.#now();
    if (now < this.#next) {
      // It may have rung for a lane that was taken before.
      this.#alarm.noLaterThan(this.#next);
      return [];
    }
    const rested: Lane[] = [];
    let next = Infinity;
    for (const [lane, until] of this.#until) {
      if (until <= now) rested.push(lane);
      else next = Math.min(next, until);
    }
    for (const lane of rested) this.#until.delete(lane);
    this.#next = Infinity;
    if (next < Infinity) this.#ringAt(Math.max(next, now + LEAST_REST_MS));
    return rested;
  }

  stop(): void {
    this.#alarm.stop();
  }

  #ringAt(at: number): void {
    this.#next = Math.min(this.#next, at);
    this.#alarm.noLaterThan(at);
  }
}
