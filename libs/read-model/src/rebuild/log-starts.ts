import type { TopicName } from '#log';

/** The first offset that the log still holds of one topic-partition; rows from below it cannot be rebuilt. */
export interface LogStart {
  readonly topic: TopicName;
  readonly partition: number;
  readonly offset: number;
  /** Epoch ms of the first record held; null: it holds none. */
  readonly since: number | null;
}

/** Only those that have lost something. */
export function trimmed(starts: readonly LogStart[]): readonly LogStart[] {
  return starts.filter(({ offset }) => offset > 0);
}
