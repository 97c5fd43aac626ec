import type { Outcome, TierName } from '#domain';
import type { AttemptDetail, TopicName } from '#log';

/** What the dispatcher tells about itself: logs and metrics hang here, the core knows neither. */
export interface DispatcherSignals {
  /** An outcome is durable. */
  settled(outcome: Outcome, detail: AttemptDetail | null): void;
  /** A delivery was placed in a tier. */
  placed(tier: TierName): void;
  /** A retry came to its attempt so many ms after it was due. */
  late(tier: TierName | null, ms: number): void;
  /** The same event, or the same attempt, came a second time and was dropped (P10, R3). */
  copyDropped(what: 'event' | 'attempt'): void;
  /** P9: nobody could read it. */
  quarantined(topic: TopicName, partition: number, offset: number, reason: string): void;
  /** R20, R21 and others: goes on, but somebody should look. */
  alert(what: string, context: Readonly<Record<string, unknown>>): void;
}
