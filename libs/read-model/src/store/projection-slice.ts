import type { TopicName } from '#log';
import type { ProjectionChanges } from './projection-changes.ts';

/** The changes of the records [from, to) of one topic-partition. */
export interface ProjectionSlice {
  readonly projection: string;
  readonly topic: TopicName;
  readonly partition: number;
  /** The position that the table must hold; null: it must hold none. */
  readonly from: number | null;
  readonly to: number;
  readonly changes: Partial<ProjectionChanges>;
}
