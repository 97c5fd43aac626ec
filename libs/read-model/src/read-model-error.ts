/** Mistakes of a caller of queries; terminal. Closed: the edge turns each into one 4xx answer. */
export const readModelErrorCodes = ['invalid_cursor', 'invalid_limit'] as const;
export type ReadModelErrorCode = (typeof readModelErrorCodes)[number];

export class ReadModelError extends Error {
  override readonly name = 'ReadModelError';
  readonly code: ReadModelErrorCode;

  constructor(code: ReadModelErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
