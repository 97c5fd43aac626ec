import type { Appended } from './record.ts';

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
  /**
   * Of a refused append: what became durable all the same, in the order of its records; undefined stands for those
   * that have to be sent again. Not set: nothing is known about any of them (R14).
   */
  readonly appended: readonly (Appended | undefined)[] | undefined;

  constructor(
    code: LogErrorCode,
    message: string,
    options?: ErrorOptions & { readonly appended?: readonly (Appended | undefined)[] },
  ) {
    super(message, options);
    this.code = code;
    this.appended = options?.appended;
  }

  /** Retryable: nothing is known about the append, the same call may go through later. All others are terminal. */
  get retryable(): boolean {
    return this.code === 'log_unavailable';
  }
}
