import type { LogRecord } from '#log';
import type { Desk } from './desk.ts';
import { learnOutcome } from './learn-outcome.ts';

/**
 * R6: reads `outcomes` p from the group's position to the end as seen when p was claimed, into the done-set, before
 * anything of p is sent. Records of other topics that come meanwhile wait, in order.
 */
export class TakeOver {
  readonly #desk: Desk;
  readonly #onOpen: (parked: readonly LogRecord[]) => void;
  #parked: LogRecord[] = [];
  #seen = 0;
  #end: number | undefined;

  constructor(desk: Desk, onOpen: (parked: readonly LogRecord[]) => void) {
    this.#desk = desk;
    this.#onOpen = onOpen;
  }

  get isOver(): boolean {
    return this.#desk.state !== 'taking-over';
  }

  /** `from`: where the group stands; `end`: where `outcomes` p ended at the claim. */
  bounds(from: number, end: number): void {
    this.#desk.readOutcomesFrom(from);
    this.#seen = Math.max(this.#seen, from);
    this.#end = end;
    this.#openWhenRead();
  }

  outcomes(records: readonly LogRecord[]): void {
    if (this.isOver) return;
    for (const record of records) this.#learn(record);
    this.#openWhenRead();
  }

  park(record: LogRecord): void {
    this.#parked.push(record);
  }

  #learn(record: LogRecord): void {
    this.#seen = Math.max(this.#seen, record.offset + 1);
    learnOutcome(this.#desk, record);
  }

  #openWhenRead(): void {
    if (this.#end === undefined || this.#seen < this.#end || this.isOver) return;
    this.#desk.readOutcomesTo(Math.max(this.#seen, this.#end));
    this.#desk.open();
    const parked = this.#parked;
    this.#parked = [];
    this.#onOpen(parked);
  }
}
