import { passedWithin, type FollowedControl } from '#control';
import type { TenantState } from '#domain';
import type { Log } from '#log';

/** A table that stands still (R21) is an operator's to mend; meanwhile heartbeats go on. */
const CAUGHT_UP_MS = 5_000;

/**
 * Who a record is for.
 *
 * 1. A tenant is unknown only once the own table has passed the end of `control` as it was after the question: whoever
 *    was created before the record was written is found.
 * 2. The end is asked for once for all who asked before it was asked for: a topic full of unknown tenants costs one
 *    request for each batch.
 */
export class TenantFinder {
  readonly #control: FollowedControl;
  readonly #log: Pick<Log, 'endOffsets'>;
  #next: Promise<void> | undefined;

  constructor(control: FollowedControl, log: Pick<Log, 'endOffsets'>) {
    this.#control = control;
    this.#log = log;
  }

  known(id: string): TenantState | undefined {
    return this.#control.table.tenant(id);
  }

  /** Undefined: there is none. Rejects with LogError where that cannot be known now. */
  async find(id: string): Promise<TenantState | undefined> {
    this.#next ??= this.#caughtUp();
    await this.#next;
    return this.known(id);
  }

  async #caughtUp(): Promise<void> {
    // Invariant 2: whoever asks in this turn comes along, and the next ones ask anew.
    await Promise.resolve();
    this.#next = undefined;
    const [end = 0] = await this.#log.endOffsets('control');
    await passedWithin(this.#control, end, CAUGHT_UP_MS);
  }
}
