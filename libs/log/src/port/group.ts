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
  /**
   * Topics whose records are wanted at once. Those of the others may come up to 100 ms later, in larger slices, which costs
   * the log much less. Default: all.
   */
  readonly eager?: readonly TopicName[];
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
  /**
   * The group wants p back, the member is leaving, or the group let it go ({@link Group.holds} is false then). Nothing of
   * p is handed over after it is called. Until it resolves, a live member's commits go through, and nobody else is given
   * p; the next onClaim of p, here too, comes after it (R12).
   */
  readonly onLose: (partition: number) => Promise<void>;
  /** The member cannot go on (told once). The process should end. */
  readonly onCrash: (error: Error) => void;
}

export interface Group {
  /** Changes when the group had to let the member go; whatever it claimed before then is lost (R11). */
  readonly memberId: string;
  /** May something of p be started? False from the moment in which p is lost. */
  owns(partition: number): boolean;
  /** May what was started be finished? Owned, or let go of by a live member whose onLose is not through yet (R12). */
  holds(partition: number): boolean;
  /** R9: was the last answered heartbeat asked recently enough that nobody else can own p yet? */
  isFresh(): boolean;
  /** Offset of the next record that will be handed over; undefined: nothing is handed over of it now. */
  position(topic: TopicName, partition: number): number | undefined;
  /** Where the group stands; undefined: no commit yet. */
  committed(topic: TopicName, partition: number): Promise<Committed | undefined>;
  /**
   * Belongs to the claim it is called under, and is dropped once that is not held any more: it never moves what another
   * owner, or a later claim, has committed. `metadata` ≤ 4,000 bytes.
   */
  commit(topic: TopicName, partition: number, offset: number, metadata?: string): Promise<void>;
  /** Takes effect for slices not yet handed over. Idempotent. This, `resume` and `seek` are ignored for what is not owned. */
  pause(topic: TopicName, partition: number): void;
  resume(topic: TopicName, partition: number): void;
  /** The next slice begins at `offset`. */
  seek(topic: TopicName, partition: number, offset: number): void;
  /** Calls onLose for each partition owned, which others get as each resolves, then leaves. */
  leave(): Promise<void>;
}
