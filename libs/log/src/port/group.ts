import type { TopicName } from '../topics.ts';
import type { LogRecord } from './record.ts';

/** Where a group stands in one partition: the offset of the first record not yet done, and the owner's note. */
export interface Committed {
  readonly offset: number;
  readonly metadata: string;
}

export interface GroupOptions {
  /** Name of the group: `dispatcher`, `projections`, `policies`. */
  readonly name: string;
  /** Topics read together: partition p of each belongs to one member. `one`-partition topics go with partition 0. */
  readonly topics: readonly TopicName[];
  /** Largest slice handed over at once. */
  readonly sliceRecords?: number;
  readonly sliceBytes?: number;
}

/** Records of one partition of one topic, in order. */
export interface Slice {
  readonly topic: TopicName;
  readonly partition: number;
  readonly records: readonly LogRecord[];
}

/** Where to begin with one topic of a partition that was just claimed. */
export interface StartPosition {
  readonly topic: TopicName;
  readonly offset: number;
}

export interface GroupHandlers {
  /**
   * This member owns partition p of all topics from now on. Nothing of p is handed over before it resolves. What it
   * gives overrides the committed positions (projections keep theirs in the database); others start at their commit,
   * or at the first record where there is none.
   */
  readonly onClaim: (partition: number) => Promise<readonly StartPosition[] | void>;
  /**
   * Takes over records: returns at once, and reports each done by {@link Group.commit} later, in any order. The next
   * slice may come at any time, until the topic-partition is paused. After a seek, records may come a second time.
   */
  readonly onSlice: (slice: Slice) => void;
  /** p belongs to somebody else, or the member is leaving; nothing of p is handed over after it is called. */
  readonly onLose: (partition: number) => Promise<void>;
  /** The member cannot go on (told once). The process should end. */
  readonly onCrash: (error: Error) => void;
}

export interface Group {
  /** Changes when the group had to let the member go; whatever it claimed before then is lost (R11). */
  readonly memberId: string;
  owns(partition: number): boolean;
  /** R9: was the last answered heartbeat asked recently enough that nobody else can own p yet? */
  isFresh(): boolean;
  /** Where the group stands; undefined: no commit yet. */
  committed(topic: TopicName, partition: number): Promise<Committed | undefined>;
  /** Ignored for a partition that this member does not own. `metadata` ≤ 4,000 bytes. */
  commit(topic: TopicName, partition: number, offset: number, metadata?: string): Promise<void>;
  /** Takes effect for slices not yet handed over. Idempotent. */
  pause(topic: TopicName, partition: number): void;
  resume(topic: TopicName, partition: number): void;
  /** The next slice begins at `offset`. */
  seek(topic: TopicName, partition: number, offset: number): void;
  /** Calls onLose for each partition owned, then leaves. */
  leave(): Promise<void>;
}
