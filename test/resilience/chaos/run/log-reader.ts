import { setTimeout as delay } from 'node:timers/promises';

/** Reads a log on to its end: `LogTail`, `StandaloneTail`. */
export interface Tail {
  readonly positions: ReadonlyMap<string, number>;
  readOn(): Promise<void>;
}

const AGAIN_MS = 250;

/** One reading at a time, however many ask: each record is folded once. */
export class LogReader {
  readonly #tail: Tail;
  #last: Promise<void> = Promise.resolve();

  constructor(tail: Tail) {
    this.#tail = tail;
  }

  get positions(): ReadonlyMap<string, number> {
    return this.#tail.positions;
  }

  /** To the end as it is from now on. Rejects while the log is away. */
  readOn(): Promise<void> {
    const next = this.#last.catch(() => undefined).then(() => this.#tail.readOn());
    this.#last = next;
    return next;
  }

  /** The same, as soon as the log is there; rejects with what it said last after `withinMs`. */
  async eventuallyReadOn(withinMs = 120_000): Promise<void> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      try {
        await this.readOn();
        return;
      } catch (error) {
        if (performance.now() > deadline) throw error;
        await delay(AGAIN_MS);
      }
    }
  }

  /** What is under way has ended, one way or the other. */
  async idle(): Promise<void> {
    await this.#last.catch(() => undefined);
  }
}
