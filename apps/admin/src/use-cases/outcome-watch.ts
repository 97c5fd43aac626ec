import type { AttemptDetail } from '#log';
import type { Decision } from '#domain';

/** How a test ended. */
export interface SeenOutcome {
  readonly decision: Decision;
  /** null: no request was made. */
  readonly detail: AttemptDetail | null;
}

/** Begins before the asking, so that an outcome cannot pass unseen. */
export interface Watching {
  /** Undefined: nothing came within `withinMs`, or the process is stopping. */
  until(deliveryId: string, chain: number, withinMs: number): Promise<SeenOutcome | undefined>;
  stop(): Promise<void>;
}

/** The port by which Send Test Event learns what came of it. Needs no database. */
export interface OutcomeWatch {
  begin(partition: number): Promise<Watching>;
}
