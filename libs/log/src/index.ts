export type { Follower, Log } from './port/log.ts';
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
  OutcomeRecord,
  QuarantinedRecord,
  WaitingRecord,
} from './records.ts';
