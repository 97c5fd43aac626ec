import type { ControlEntry } from '#domain';
import { decodeControl, LogError, type Follower, type Log, type LogRecord } from '#log';
import { ControlTable } from './control-table.ts';
import { PositionWaiters } from './position-waiters.ts';

export interface ControlAlerts {
  /** A fact of a newer schema: this process must be upgraded before it may serve (R21). */
  readonly onNewer: (version: number, offset: number) => void;
  readonly onUnreadable: (reason: string, offset: number) => void;
  /** Following ended; the table grows stale. The process should end. */
  readonly onError: (error: Error) => void;
}

/** Told of a fact after the table has changed by it. */
type AppliedListener = (record: LogRecord, entry: ControlEntry) => void;

/** How many fact ids are remembered for the commands that wait for theirs. */
const REMEMBERED = 10_000;

/**
 * A control table that follows the log.
 *
 * 1. `position` is the offset of the next fact to apply; it only grows, and only after the fact was applied.
 * 2. A waiter for position n resolves when `position` ≥ n, in this order: table first, listeners next, waiters last.
 *    None waits for ever: `stop` and the end of following reject those that are left. A stall (R21) does not: it is
 *    an operator's to end, and until then the process is alive, not ready.
 * 3. The fate of a fact id is known from the moment it was applied until 10,000 more were.
 */
export class FollowedControl {
  readonly table = new ControlTable();
  #position = 0;
  readonly #waiters = new PositionWaiters();
  readonly #fates = new Map<string, boolean>();
  readonly #listeners = new Set<AppliedListener>();
  #follower: Follower | undefined;
  #stalled = false;
  #ended: Error | undefined;

  get position(): number {
    return this.#position;
  }

  /** False once a fact came that this build cannot read. */
  get readable(): boolean {
    return !this.#stalled;
  }

  /** Resolves when the table has reached the end of `control` as seen now. */
  async start(log: Pick<Log, 'endOffsets' | 'follow'>, alerts: ControlAlerts): Promise<void> {
    const [end = 0] = await log.endOffsets('control');
    this.#follower = await log.follow('control', 0, 0, {
      onRecords: (records) => this.#take(records, alerts),
      onError: (error) => {
        this.#end(error);
        alerts.onError(error);
      },
    });
    await this.passed(end);
  }

  async stop(): Promise<void> {
    await this.#follower?.stop();
    this.#follower = undefined;
    this.#end(new LogError('log_closed', 'this control table follows the log no more'));
  }

  hasPassed(position: number): boolean {
    return this.#position >= position;
  }

  /**
   * Resolves when every fact before `position` is in the table. Rejects when following ends before that, or with
   * {@link LogError} `log_unavailable` after `withinMs` where that is given.
   */
  passed(position: number, withinMs?: number): Promise<void> {
    if (this.#position >= position) return Promise.resolve();
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    return this.#waiters.wait(position, withinMs);
  }

  /** Was the fact applied? Ask after its position has been passed. */
  fateOf(factId: string): boolean {
    return this.#fates.get(factId) ?? false;
  }

  /**
   * Called for every fact applied from now on, after the table has changed; not for stale ones, copies and what nobody
   * could read. Returns how to end it.
   */
  onApplied(listener: AppliedListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #take(records: readonly LogRecord[], alerts: ControlAlerts): void {
    try {
      for (const record of records) {
        if (this.#stalled || record.offset < this.#position) continue;
        this.#takeOne(record, alerts);
      }
    } finally {
      // Also what came before a stall, or before a listener that threw, has been passed.
      this.#waiters.wake(this.#position);
    }
  }

  #takeOne(record: LogRecord, alerts: ControlAlerts): void {
    const decoded = decodeControl(record);
    if (!decoded.ok && decoded.why === 'newer') {
      // Applying later facts over a hole would make this table differ from everybody else's.
      this.#stalled = true;
      alerts.onNewer(decoded.version, record.offset);
      return;
    }
    const applied = decoded.ok && this.#apply(decoded.value, record.offset);
    this.#position = record.offset + 1;
    if (!decoded.ok) alerts.onUnreadable(decoded.reason, record.offset);
    else if (applied) for (const listener of this.#listeners) listener(record, decoded.value);
  }

  /** A copy appended twice (its first answer was lost) changes nothing and keeps the fate of the first. */
  #apply(entry: ControlEntry, offset: number): boolean {
    if (this.#fates.has(entry.factId)) return false;
    const applied = this.table.apply(entry, offset);
    this.#remember(entry.factId, applied);
    return applied;
  }

  #remember(factId: string, applied: boolean): void {
    this.#fates.set(factId, applied);
    if (this.#fates.size <= REMEMBERED) return;
    const oldest = this.#fates.keys().next();
    if (!oldest.done) this.#fates.delete(oldest.value);
  }

  #end(error: Error): void {
    this.#ended ??= error;
    this.#waiters.fail(this.#ended);
  }
}

/** {@link FollowedControl.passed} for callers that cannot wait for ever: `log_unavailable` after `ms`. */
export function passedWithin(control: FollowedControl, position: number, ms: number): Promise<void> {
  return control.passed(position, ms);
}
