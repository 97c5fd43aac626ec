import kafkajs from 'kafkajs';
import { LogError, type LogErrorCode } from '../port/log-error.ts';

// Their classes are not among the names that an ES module sees.
const { KafkaJSError, KafkaJSProtocolError } = kafkajs;

/** Protocol errors that no later try mends. All others, known or not, are the log being away: nothing is dropped. */
const terminal: Readonly<Record<string, LogErrorCode>> = {
  MESSAGE_TOO_LARGE: 'record_too_large',
  RECORD_LIST_TOO_LARGE: 'record_too_large',
  UNSUPPORTED_VERSION: 'log_closed',
  SASL_AUTHENTICATION_FAILED: 'log_closed',
  UNSUPPORTED_SASL_MECHANISM: 'log_closed',
  TOPIC_AUTHORIZATION_FAILED: 'log_closed',
  GROUP_AUTHORIZATION_FAILED: 'log_closed',
  CLUSTER_AUTHORIZATION_FAILED: 'log_closed',
  INCONSISTENT_GROUP_PROTOCOL: 'log_closed',
  INVALID_SESSION_TIMEOUT: 'log_closed',
  INVALID_GROUP_ID: 'log_closed',
};

/** The one place where kafkajs' errors become the log's: retryable or not is decided here. */
export function toLogError(error: unknown): LogError {
  if (error instanceof LogError) return error;
  const cause = rootOf(error);
  // A broker that has just started may not know a topic for a moment, so this is no reason to drop anything.
  const hint = typeOf(cause) === 'UNKNOWN_TOPIC_OR_PARTITION' ? '; call ensureTopics first' : '';
  const message = `Kafka refused: ${cause.message}${hint}`;
  if (cause.name === 'KafkaJSSASLAuthenticationError')
    return new LogError('log_closed', message, { cause: error });
  const code = terminal[typeOf(cause) ?? ''] ?? 'log_unavailable';
  return new LogError(code, message, { cause: error });
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

/** kafkajs wraps what its retries gave up on. */
function rootOf(error: unknown): Error {
  if (error instanceof LogError && error.cause instanceof KafkaJSError) return rootOf(error.cause);
  if (error instanceof KafkaJSError && error.cause instanceof Error) return rootOf(error.cause);
  return error instanceof Error ? error : new Error(String(error));
}
