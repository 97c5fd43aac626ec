import kafkajs from 'kafkajs';
import { LogError, type LogErrorCode } from '../port/log-error.ts';
import type { Actor } from './actor.ts';
import { connectionTrouble } from './connection-trouble.ts';
import { missingRight, type Asked } from './missing-right.ts';

// Their classes are not among the names that an ES module sees.
const { KafkaJSError, KafkaJSProtocolError } = kafkajs;

/**
 * Protocol errors that no later try mends. All others, known or not, are the log being away: nothing is dropped. A right
 * or a password is among those: whoever took it away by mistake can give it back, and until then all waits (R13).
 */
const terminal: Readonly<Record<string, LogErrorCode>> = {
  MESSAGE_TOO_LARGE: 'record_too_large',
  RECORD_LIST_TOO_LARGE: 'record_too_large',
  UNSUPPORTED_VERSION: 'log_closed',
  INCONSISTENT_GROUP_PROTOCOL: 'log_closed',
  INVALID_SESSION_TIMEOUT: 'log_closed',
  INVALID_GROUP_ID: 'log_closed',
};

/** What is known of the call that failed, for a message that a person can act on. */
export interface Circumstances {
  readonly actor?: Actor | undefined;
  /** All that the call may have been refused for; what it was, the broker says only by kind. */
  readonly asked?: readonly Asked[];
}

/** The one place where kafkajs' errors become the log's: retryable or not is decided here. */
export function toLogError(error: unknown, circumstances: Circumstances = {}): LogError {
  if (error instanceof LogError) return error;
  const { message } = diagnose(error, circumstances);
  return new LogError(terminal[typeOf(error) ?? ''] ?? 'log_unavailable', message, { cause: error });
}

/**
 * While a process starts, what a person has to mend is terminal: better an end with a clear word than a process that
 * seems to run. The same refusal later is {@link toLogError}'s.
 */
export function toStartError(error: unknown, circumstances: Circumstances = {}): LogError {
  const refused = toLogError(error, circumstances);
  if (!refused.retryable || !diagnose(error, circumstances).isMistake) return refused;
  return new LogError('log_closed', refused.message, { cause: error });
}

function diagnose(error: unknown, { actor, asked }: Circumstances): { message: string; isMistake: boolean } {
  const cause = rootOf(error);
  const type = typeOf(cause);
  const right = missingRight(type ?? '', actor, asked);
  if (right !== undefined) return { message: right, isMistake: true };
  const trouble = connectionTrouble(cause, type, actor);
  if (trouble !== undefined) return trouble;
  // A broker that has just started may not know a topic for a moment, so this is no reason to drop anything.
  const hint = type === 'UNKNOWN_TOPIC_OR_PARTITION' ? '; call ensureTopics first' : '';
  return { message: `Kafka refused: ${cause.message}${hint}`, isMistake: false };
}

/** Name that the protocol gives to what a broker refused. */
export function typeOf(error: unknown): string | undefined {
  const cause = rootOf(error);
  return cause instanceof KafkaJSProtocolError ? cause.type : undefined;
}

/** No answer came in time; its connection may be one that nobody answers any more. */
export function isTimeout(error: unknown): boolean {
  return rootOf(error).name === 'KafkaJSRequestTimeoutError';
}

/** kafkajs wraps what its retries gave up on, and gathers what it asked for at once. */
export function rootOf(error: unknown): Error {
  if (error instanceof LogError && error.cause instanceof Error) return rootOf(error.cause);
  if (error instanceof KafkaJSError && error.cause instanceof Error) return rootOf(error.cause);
  const [first]: readonly unknown[] = gathered(error);
  if (first !== undefined) return rootOf(first);
  return error instanceof Error ? error : new Error(String(error));
}

function gathered(error: unknown): readonly unknown[] {
  const errors: unknown =
    error instanceof Error && error.name === 'KafkaJSAggregateError'
      ? Reflect.get(error, 'errors')
      : undefined;
  return Array.isArray(errors) ? errors : [];
}
