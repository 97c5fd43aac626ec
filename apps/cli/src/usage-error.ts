/** What the caller typed, or a file that he named, cannot be used. Says how to mend it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
