import type { Desk } from './desk.ts';

/** How far behind `outcomes` is committed: what the next owner reads into its done-set (R5, R6). */
const BEHIND_MS = 600_000;
const MARK_EVERY_MS = 10_000;

/**
 * Which position of `outcomes` p may be committed: about ten minutes behind, and never ahead of what the oldest record
 * in hand needs (R6).
 */
export class OutcomesPosition {
  readonly #desk: Desk;
  #marks: { readonly at: number; readonly offset: number }[] = [];
  #position = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  startAt(offset: number): void {
    this.#position = Math.max(this.#position, offset);
  }

  get(now: number): number {
    const last = this.#marks.at(-1);
    if (last === undefined || now - last.at >= MARK_EVERY_MS) {
      this.#marks.push({ at: now, offset: this.#desk.outcomesEnd });
    }
    const needed = this.#desk.outcomesNeeded();
    let passed = 0;
    for (const mark of this.#marks) {
      if (now - mark.at < BEHIND_MS || mark.offset > needed) break;
      this.#position = Math.max(this.#position, mark.offset);
      passed += 1;
    }
    if (passed > 0) this.#marks = this.#marks.slice(passed);
    return this.#position;
  }
}
