/** Everything that an adapter may throw. Closed: the edge turns each into one answer. */
export const logErrorCodes = [
  'log_unavailable',
  'record_too_large',
  'topic_mismatch',
  'log_owned_elsewhere',
  'log_closed',
] as const;
export type LogErrorCode = (typeof logErrorCodes)[number];

export class LogError extends Error {
  override readonly name = 'LogError';
  readonly code: LogErrorCode;

  constructor(code: LogErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  /** Retryable: nothing is known about the append, the same call may go through later. All others are terminal. */
  get retryable(): boolean {
    return this.code === 'log_unavailable';
  }
}
