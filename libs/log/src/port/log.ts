import type { TopicName } from '../topics.ts';
import type { Group, GroupHandlers, GroupOptions } from './group.ts';
import type { Appended, LogRecord, NewRecord } from './record.ts';

/** Stops following; resolves when the handler will not be called again. */
export interface Follower {
  stop(): Promise<void>;
}

export interface FollowHandlers {
  readonly onRecords: (records: readonly LogRecord[]) => void | Promise<void>;
  readonly onError: (error: Error) => void;
}

/**
 * The log, in the words of the engine (DESIGN §5). Three adapters keep it: memory, PostgreSQL, Kafka; one contract
 * suite (`log-contract.ts` in testkit) says what each must do.
 *
 * Errors: {@link LogError} only, `retryable` or not.
 */
export interface Log {
  /** Creates what is missing and checks what is there. `partitions` is the P of topics with many. */
  ensureTopics(partitions: number): Promise<void>;

  /**
   * Durable when it resolves; the answers stand in the order of `records`. Records of one partition keep their order.
   * A record above the log's limit fails its own append with `record_too_large`, before anything is written.
   * A retryable error means: nothing is known, append again (copies are harmless, R3).
   */
  append(records: readonly NewRecord[]): Promise<readonly Appended[]>;

  /**
   * Joins a group; partitions of all its topics move together (co-partitioned). Handlers are called only after it has
   * resolved, so they may use the group.
   */
  join(options: GroupOptions, handlers: GroupHandlers): Promise<Group>;

  /**
   * Reads one partition without a group, from `from` on, for ever: for tables. `onRecords` is called with slices in
   * order; the next slice waits for its promise. `onError` ends the following.
   */
  follow(topic: TopicName, partition: number, from: number, handlers: FollowHandlers): Promise<Follower>;

  /**
   * Slices of [from, to), in order; `to` is at most an end that was seen: to there it reads, or rejects. Without `to` it
   * ends at the end as the log tells it on being asked at the call: what is appended while that question is under way may be
   * in it, what is appended after the first slice is not.
   */
  read(topic: TopicName, partition: number, from: number, to?: number): AsyncIterable<readonly LogRecord[]>;

  /** One record; undefined where the log no longer (or not yet) holds it. */
  readOne(topic: TopicName, partition: number, offset: number): Promise<LogRecord | undefined>;

  /** The offset that the next record of each partition gets, in partition order. */
  endOffsets(topic: TopicName): Promise<readonly number[]>;

  /** The first offset still held, in partition order. */
  startOffsets(topic: TopicName): Promise<readonly number[]>;

  /** Epoch ms, a whole number, by the clock that stamps `appendedAt` (R15). */
  now(): number;

  close(): Promise<void>;
}
