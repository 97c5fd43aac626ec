import { LogError } from '../port/log-error.ts';

/** Whatever the database or the network says: the same statement may go through later. */
export function toLogError(error: unknown): LogError {
  if (error instanceof LogError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new LogError('log_unavailable', `the log's database refused: ${message}`, { cause: error });
}
