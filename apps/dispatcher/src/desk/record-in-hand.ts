import type { LogRecord } from '#log';

/**
 * A record being worked on: done when everything that it led to is durable (P2, R10). Each part holds it while it
 * works; whoever takes it up holds it first, until no more parts will come.
 */
export class RecordInHand {
  readonly record: LogRecord;
  /** End of `outcomes` when work began: a next owner must read from here to know what became of it (R6). */
  readonly outcomesFrom: number;
  readonly #onDone: (hand: RecordInHand) => void;
  #holders = 1;

  constructor(record: LogRecord, outcomesFrom: number, onDone: (hand: RecordInHand) => void) {
    this.record = record;
    this.outcomesFrom = outcomesFrom;
    this.#onDone = onDone;
  }

  hold(): void {
    this.#holders += 1;
  }

  release(): void {
    this.#holders -= 1;
    if (this.#holders === 0) this.#onDone(this);
  }
}
