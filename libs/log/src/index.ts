export type { FollowHandlers, Follower, Log } from './port/log.ts';
export type { Committed, Group, GroupHandlers, GroupOptions, Slice, StartPosition } from './port/group.ts';
export { LogError, logErrorCodes, type LogErrorCode } from './port/log-error.ts';
export { sizeOf, type Appended, type Headers, type LogRecord, type NewRecord } from './port/record.ts';
export {
  retryTopicOf,
  retryTopics,
  tierOf,
  topics,
  type RetryTopic,
  type TopicName,
  type TopicSpec,
} from './topics.ts';
export type {
  AskedRecord,
  AttemptDetail,
  ControlRecord,
  EventRecord,
  KeyUsesRecord,
  OutcomeRecord,
  ProcessReport,
  QuarantinedRecord,
  WaitingRecord,
} from './records.ts';
export { decodeDetail } from './codecs/attempt-detail.ts';
export type { Decoded, Encoded, Readable } from './codecs/encoded.ts';
export { decodeAsked, encodeAsked } from './codecs/asked-codec.ts';
export { decodeControl, encodeControl } from './codecs/control-codec.ts';
export { decodeEvent, encodeEvent } from './codecs/event-codec.ts';
export { decodeKeyUses, encodeKeyUses } from './codecs/key-uses-codec.ts';
export { decodeOutcome, decodeOutcomeHead, encodeOutcome, glimpseOutcome } from './codecs/outcome-codec.ts';
export { decodeProcess, encodeProcess } from './codecs/process-codec.ts';
export { decodeQuarantined, encodeQuarantined } from './codecs/quarantined-codec.ts';
export { traceparentIn } from './codecs/traceparent.ts';
export { decodeWaiting, encodeWaiting } from './codecs/waiting-codec.ts';
export { Alarm } from './core/alarm.ts';
export { Batcher, type BatcherOptions } from './core/batcher.ts';
export { DoneSet, type AttemptSource, type KnownOutcome, type Placement } from './core/done-set.ts';
export { lagByTopic, type Stand } from './core/lag.ts';
export { onceThere } from './core/once-there.ts';
export { partitionOf } from './core/partition-of.ts';
export { reconcilePauses, topicPartition, type TopicPartition } from './core/pausing.ts';
export { RecentBudget, type RecentMetrics } from './core/recent-budget.ts';
export { RecentNumbers } from './core/recent-numbers.ts';
export { TierClock, WaitingBudget } from './core/tier-clock.ts';
export { WindowBudget } from './core/window-budget.ts';
export { Window, type WindowCaps } from './core/window.ts';
export { MemoryLog } from './memory/memory-log.ts';
export { MemoryStore, type AppendFailure, type MemoryStoreOptions } from './memory/memory-store.ts';
export { openPostgresLog, type PostgresLog, type PostgresLogOptions } from './postgres/postgres-log.ts';
export { openKafkaLog, type KafkaLog, type KafkaLogOptions } from './kafka/kafka-log.ts';
export { topicCommands } from './kafka/topic-commands.ts';
export { addressProblem, kafkaClient, type KafkaConnection, type KafkaSasl } from './kafka/connection.ts';
