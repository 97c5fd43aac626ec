export const jsonErrorCodes = [
  'invalid_utf8',
  'invalid_json',
  'lone_surrogate',
  'duplicate_key',
  'too_deep',
] as const;
export type JsonErrorCode = (typeof jsonErrorCodes)[number];

/** Text that is refused as JSON. The message says what is wrong, where, and what to do about it. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
  readonly code: JsonErrorCode;
  /** RFC 6901: the value being read when it went wrong; '' is the whole text. */
  readonly pointer: string;
  /** Byte offset. */
  readonly offset: number;

  constructor(code: JsonErrorCode, what: string, where: { pointer: string; offset: number }) {
    const place = where.pointer === '' ? `byte ${where.offset}` : `byte ${where.offset} (${where.pointer})`;
    super(`${what}, at ${place}`);
    this.code = code;
    this.pointer = where.pointer;
    this.offset = where.offset;
  }
}
