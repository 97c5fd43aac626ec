import type { Measured } from './bench-run.ts';

export interface Figure {
  readonly name: string;
  readonly unit: string;
  /** One for each run. */
  readonly values: readonly number[];
}

/** What one case came to: all runs, in order. */
export interface CaseResult {
  readonly case: string;
  readonly title: string;
  /** Requests per second that were asked for; null: as many as go. */
  readonly rate: number | null;
  /** Empty where a case is not about deliveries. */
  readonly engine: readonly Measured[];
  /** Beside each of the engine's; empty where there is none, or nothing to compare. */
  readonly bareLoop: readonly Measured[];
  readonly figures: readonly Figure[];
}
