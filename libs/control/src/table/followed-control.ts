import { decodeControl, LogError, type Follower, type Log, type LogRecord } from '#log';
import { ControlTable } from './control-table.ts';

export interface ControlAlerts {
  /** A fact of a newer schema: this process must be upgraded before it may serve (R21). */
  readonly onNewer: (version: number, offset: number) => void;
  readonly onUnreadable: (reason: string, offset: number) => void;
  /** Following ended; the table grows stale. The process should end. */
  readonly onError: (error: Error) => void;
}

interface Waiter {
  readonly position: number;
  readonly resolve: () => void;
}

/** How many fact ids are remembered for the commands that wait for theirs. */
const REMEMBERED = 10_000;

/**
 * A control table that follows the log.
 *
 * 1. `position` is the offset of the next fact to apply; it only grows, and only after the fact was applied.
 * 2. A waiter for position n resolves when `position` ≥ n, in this order: table first, waiters second.
 * 3. The fate of a fact id is known from the moment it was applied until 10,000 more were.
 */
export class FollowedControl {
  readonly table = new ControlTable();
  #position = 0;
  #waiters: Waiter[] = [];
  readonly #fates = new Map<string, boolean>();
  readonly #listeners = new Set<(entry: LogRecord) => void>();
  #follower: Follower | undefined;
  #stalled = false;

  get position(): number {
    return this.#position;
  }

  /** False once a fact came that this build cannot read. */
  get readable(): boolean {
    return !this.#stalled;
  }

  /** Resolves when the table has reached the end of `control` as seen now. */
  async start(log: Log, alerts: ControlAlerts): Promise<void> {
    const [end = 0] = await log.endOffsets('control');
    this.#follower = await log.follow('control', 0, 0, {
      onRecords: (records) => this.#take(records, alerts),
      onError: alerts.onError,
    });
    await this.passed(end);
  }

  async stop(): Promise<void> {
    await this.#follower?.stop();
    this.#follower = undefined;
  }

  hasPassed(position: number): boolean {
    return this.#position >= position;
  }

  /** Resolves when every fact before `position` is in the table. */
  passed(position: number): Promise<void> {
    if (this.#position >= position) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push({ position, resolve }));
  }

  /** Was the fact applied? Ask after its position has been passed. */
  fateOf(factId: string): boolean {
    return this.#fates.get(factId) ?? false;
  }

  /** Called for every record applied from now on, after the table has changed. Returns how to end it. */
  onApplied(listener: (record: LogRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #take(records: readonly LogRecord[], alerts: ControlAlerts): void {
    for (const record of records) {
      if (this.#stalled || record.offset < this.#position) continue;
      const decoded = decodeControl(record);
      if (decoded.ok) {
        const { factId } = decoded.value;
        // A copy appended twice (its first answer was lost) keeps the fate of the first.
        if (!this.#fates.has(factId)) this.#remember(factId, this.table.apply(decoded.value));
      } else if (decoded.why === 'newer') {
        // Applying later facts over a hole would make this table differ from everybody else's.
        this.#stalled = true;
        alerts.onNewer(decoded.version, record.offset);
        return;
      } else {
        alerts.onUnreadable(decoded.reason, record.offset);
      }
      this.#position = record.offset + 1;
      for (const listener of this.#listeners) listener(record);
    }
    this.#wake();
  }

  #remember(factId: string, applied: boolean): void {
    this.#fates.set(factId, applied);
    if (this.#fates.size <= REMEMBERED) return;
    const oldest = this.#fates.keys().next();
    if (!oldest.done) this.#fates.delete(oldest.value);
  }

  #wake(): void {
    if (this.#waiters.length === 0) return;
    const reached = this.#waiters.filter((waiter) => waiter.position <= this.#position);
    if (reached.length === 0) return;
    this.#waiters = this.#waiters.filter((waiter) => waiter.position > this.#position);
    for (const waiter of reached) waiter.resolve();
  }
}

/** What a caller gets when the table is asked to pass a position and does not in time. */
export async function passedWithin(control: FollowedControl, position: number, ms: number): Promise<void> {
  if (control.hasPassed(position)) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new LogError('log_unavailable', `control position ${position} not reached in ${ms} ms`)),
      ms,
    );
  });
  try {
    await Promise.race([control.passed(position), late]);
  } finally {
    clearTimeout(timer);
  }
}
