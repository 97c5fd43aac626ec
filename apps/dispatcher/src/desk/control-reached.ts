import type { FollowedControl } from '#control';
import type { Log } from '#log';

const ASK_AGAIN_MS = 1_000;

interface Waiting {
  readonly position: number;
  readonly settle: (reached: boolean) => void;
}

/**
 * R20: waits until the control table has passed the position that an event relies on. A position past the end of the
 * topic comes from a restored backup, and must not stall a partition: false. The log is asked once for all that wait.
 *
 * Once stopped nothing is answered any more; the records that asked stay undone in their windows.
 */
export class ControlReached {
  readonly #log: Pick<Log, 'endOffsets'>;
  readonly #control: FollowedControl;
  readonly #waiting = new Set<Waiting>();
  #timer: NodeJS.Timeout | undefined;
  #asking = false;
  #stopped = false;

  constructor(log: Pick<Log, 'endOffsets'>, control: FollowedControl) {
    this.#log = log;
    this.#control = control;
  }

  /** Calls `then` in the same turn where the position has been passed already: nearly always. */
  whenAt(position: number, then: (reached: boolean) => void): void {
    if (this.#control.hasPassed(position)) return then(true);
    const waiting: Waiting = {
      position,
      settle: (reached) => {
        if (this.#waiting.delete(waiting) && !this.#stopped) then(reached);
      },
    };
    this.#waiting.add(waiting);
    // Rejected: the table follows no more, because the process ends.
    this.#control.passed(position).then(
      () => waiting.settle(true),
      () => this.#waiting.delete(waiting),
    );
    if (this.#timer === undefined) void this.#ask();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    const ends = await this.#log.endOffsets('control').catch(() => undefined);
    this.#asking = false;
    if (this.#stopped) return;
    this.#timer = undefined;
    // The end is told only where the log answers; where it does not, nothing is known and all go on waiting.
    for (const waiting of this.#waiting) {
      if (ends !== undefined && waiting.position > (ends[0] ?? 0)) waiting.settle(false);
    }
    if (this.#waiting.size > 0) this.#timer = setTimeout(() => void this.#ask(), ASK_AGAIN_MS);
  }
}
