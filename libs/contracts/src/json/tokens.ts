import { BACKSLASH, END, isDigit, QUOTE } from './bytes.ts';
import type { JsonErrorCode } from './json-error.ts';

/** A token that is wrong in itself; the scanner adds where in the structure it stands. */
export class LexicalError extends Error {
  readonly code: JsonErrorCode;
  readonly offset: number;

  constructor(code: JsonErrorCode, message: string, offset: number) {
    super(message);
    this.code = code;
    this.offset = offset;
  }
}

const invalid = (what: string, offset: number) => new LexicalError('invalid_json', what, offset);

/** Bytes that may follow a backslash, `u` aside. */
const simpleEscapes = new Set(Buffer.from('"\\/bfnrt'));

/** Offset after the string whose opening quote stands at `start`. */
export function stringEnd(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  for (;;) {
    const byte = bytes[at] ?? END;
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH) at = escapeEnd(bytes, at);
    else if (byte >= 0x20) at += 1;
    else if (byte === END) throw invalid('a string is not closed', at);
    else throw invalid('a control character in a string; write it as an escape such as \\n', at);
  }
}

function escapeEnd(bytes: Uint8Array, at: number): number {
  const byte = bytes[at + 1] ?? END;
  if (simpleEscapes.has(byte)) return at + 2;
  if (byte !== 0x75) throw invalid('an unknown escape in a string', at);
  const unit = codeUnit(bytes, at);
  if (unit < 0xd800 || unit > 0xdfff) return at + 6;
  const isHigh = unit <= 0xdbff;
  if (isHigh && bytes[at + 6] === BACKSLASH && bytes[at + 7] === 0x75) {
    const low = codeUnit(bytes, at + 6);
    if (low >= 0xdc00 && low <= 0xdfff) return at + 12;
  }
  throw new LexicalError(
    'lone_surrogate',
    'half of a surrogate pair, which no UTF-8 text can hold; send both halves or the character itself',
    at,
  );
}

function codeUnit(bytes: Uint8Array, at: number): number {
  let unit = 0;
  for (let digit = at + 2; digit < at + 6; digit += 1) {
    const value = hexValue(bytes[digit] ?? END);
    if (value < 0) throw invalid('expected four hexadecimal digits after \\u', at);
    unit = unit * 16 + value;
  }
  return unit;
}

function hexValue(byte: number): number {
  if (isDigit(byte)) return byte - 0x30;
  const lower = byte | 0x20;
  return byte > 0 && lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

const literals = ['true', 'false', 'null'].map((text) => Buffer.from(text));

export function literalEnd(bytes: Uint8Array, start: number): number {
  for (const literal of literals) {
    if (literal.every((byte, index) => bytes[start + index] === byte)) return start + literal.length;
  }
  throw invalid('expected true, false or null', start);
}

/** RFC 8259 §6. The text is kept, so its size and precision are the receiver's affair. */
export function numberEnd(bytes: Uint8Array, start: number): number {
  let at = bytes[start] === 0x2d ? start + 1 : start;
  if (at === start && !isDigit(bytes[at] ?? END)) throw invalid('expected a JSON value', start);
  if (bytes[at] === 0x30) at += 1;
  else at = digitsEnd(bytes, at);
  if (isDigit(bytes[at] ?? END)) throw invalid('a number with a leading zero', start);
  if (bytes[at] === 0x2e) at = digitsEnd(bytes, at + 1);
  if (((bytes[at] ?? 0) | 0x20) === 0x65) {
    const sign = bytes[at + 1];
    at = digitsEnd(bytes, sign === 0x2b || sign === 0x2d ? at + 2 : at + 1);
  }
  return at;
}

function digitsEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  while (isDigit(bytes[at] ?? END)) at += 1;
  if (at === start) throw invalid('expected a digit', at);
  return at;
}
