import { isUtf8 } from 'node:buffer';
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  END,
  isSpace,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from './bytes.ts';
import { JsonError, type JsonErrorCode } from './json-error.ts';
import { JsonNode } from './json-node.ts';
import { pointerStep } from './pointer.ts';
import { LexicalError, literalEnd, numberEnd, stringEnd } from './tokens.ts';
import { firstInvalidUtf8 } from './utf8.ts';

/** Deeper texts are mistakes or attacks; receivers' parsers have limits too. */
export const MAX_JSON_DEPTH = 64;

/** A container that is not closed yet. `keys` is null for arrays. */
interface Frame {
  readonly keys: Set<string> | null;
  key: string;
  index: number;
}

/**
 * Reads JSON strictly, in one pass over bytes: what passes here is accepted by every receiver's parser and read
 * alike by all of them. Beyond RFC 8259 it refuses invalid UTF-8, a byte order mark, lone surrogates (raw or
 * escaped), two equal keys in one object, and more than {@link MAX_JSON_DEPTH} levels.
 * Numbers stay text. Linear in time; its own stack, so depth cannot overflow. Throws only {@link JsonError}.
 */
export function scanJson(bytes: Uint8Array, maxDepth = MAX_JSON_DEPTH): JsonNode {
  return new Scan(bytes, maxDepth).run();
}

class Scan {
  readonly #bytes: Buffer;
  readonly #maxDepth: number;
  readonly #open: Frame[] = [];
  #at = 0;
  #spaces = 0;

  constructor(bytes: Uint8Array, maxDepth: number) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#maxDepth = maxDepth;
  }

  run(): JsonNode {
    this.#checkEncoding();
    this.#skipSpace();
    const start = this.#at;
    this.#value();
    while (this.#open.length > 0) {
      if (this.#next()) this.#value();
    }
    const end = this.#at;
    // Space around the whole text is not within it.
    const inner = this.#spaces - start;
    this.#skipSpace();
    if (this.#at < this.#bytes.length) {
      this.#fail('invalid_json', 'text goes on after the JSON value; send one value only');
    }
    return new JsonNode(this.#bytes, start, end, inner > 0);
  }

  /** Reads one scalar, or opens a container up to its first value; an empty container is closed at once. */
  #value(): void {
    for (;;) {
      const byte = this.#bytes[this.#at] ?? END;
      if (byte !== OPEN_OBJECT && byte !== OPEN_ARRAY) return this.#scalar(byte);
      if (this.#open.length >= this.#maxDepth) {
        this.#fail('too_deep', `more than ${this.#maxDepth} levels of nesting; flatten the data`);
      }
      this.#at += 1;
      const isObject = byte === OPEN_OBJECT;
      this.#open.push({ keys: isObject ? new Set() : null, key: '', index: 0 });
      this.#skipSpace();
      const close = isObject ? CLOSE_OBJECT : CLOSE_ARRAY;
      if (this.#bytes[this.#at] === close) return this.#close();
      if (isObject) this.#key();
    }
  }

  #close(): void {
    this.#at += 1;
    this.#open.pop();
  }

  /** After a value inside a container: true if another value follows, false if the container was closed. */
  #next(): boolean {
    const frame = this.#open.at(-1);
    if (frame === undefined) return false;
    this.#skipSpace();
    const byte = this.#bytes[this.#at] ?? END;
    if (byte === (frame.keys === null ? CLOSE_ARRAY : CLOSE_OBJECT)) {
      this.#close();
      return false;
    }
    if (byte !== COMMA) {
      this.#fail('invalid_json', `expected , or ${frame.keys === null ? ']' : '}'} after a value`);
    }
    this.#at += 1;
    this.#skipSpace();
    if (frame.keys === null) frame.index += 1;
    else this.#key();
    return true;
  }

  #key(): void {
    const frame = this.#open.at(-1);
    const start = this.#at;
    if (this.#bytes[start] !== QUOTE) this.#fail('invalid_json', 'expected a member name in double quotes');
    this.#token(stringEnd);
    const key = decodeString(this.#bytes, start, this.#at);
    if (frame?.keys?.has(key) === true) {
      frame.key = key;
      this.#fail('duplicate_key', 'the same member name twice in one object; keep one of them', start);
    }
    frame?.keys?.add(key);
    if (frame !== undefined) frame.key = key;
    this.#skipSpace();
    if (this.#bytes[this.#at] !== COLON) this.#fail('invalid_json', 'expected : after a member name');
    this.#at += 1;
    this.#skipSpace();
  }

  #scalar(byte: number): void {
    if (byte === QUOTE) this.#token(stringEnd);
    else if (byte === 0x74 || byte === 0x66 || byte === 0x6e) this.#token(literalEnd);
    else this.#token(numberEnd);
  }

  #token(read: (bytes: Uint8Array, start: number) => number): void {
    try {
      this.#at = read(this.#bytes, this.#at);
    } catch (error) {
      if (!(error instanceof LexicalError)) throw error;
      this.#fail(error.code, error.message, error.offset);
    }
  }

  #skipSpace(): void {
    const from = this.#at;
    while (isSpace(this.#bytes[this.#at] ?? END)) this.#at += 1;
    this.#spaces += this.#at - from;
  }

  #checkEncoding(): void {
    if (!isUtf8(this.#bytes)) {
      const offset = firstInvalidUtf8(this.#bytes);
      throw new JsonError('invalid_utf8', 'not UTF-8; encode the text as UTF-8', { pointer: '', offset });
    }
    if (this.#bytes[0] === 0xef && this.#bytes[1] === 0xbb && this.#bytes[2] === 0xbf) {
      this.#fail('invalid_json', 'the text starts with a byte order mark; leave it out');
    }
  }

  #fail(code: JsonErrorCode, what: string, offset = this.#at): never {
    const ended = offset >= this.#bytes.length ? `${what} (the text ends here)` : what;
    const steps = this.#open.map((frame) => pointerStep(frame.keys === null ? frame.index : frame.key));
    // A container whose first member name is still to come has no step of its own yet.
    const last = this.#open.at(-1);
    if (last?.keys?.size === 0) steps.pop();
    throw new JsonError(code, ended, { pointer: steps.join(''), offset });
  }
}

/** `start` and `end` include the quotes of a string that was read without error. */
function decodeString(bytes: Buffer, start: number, end: number): string {
  const raw = bytes.toString('utf8', start + 1, end - 1);
  return raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
}
