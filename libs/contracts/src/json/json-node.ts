import {
  BACKSLASH,
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

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';

export interface JsonMember {
  /** Unescaped. */
  readonly key: string;
  /** The name as published, quotes included. */
  readonly name: Uint8Array;
  readonly value: JsonNode;
}

/**
 * A value within a text that `scanJson` accepted: a span of its bytes, so that numbers, escapes and the order of
 * members (integer-like names too) reach the wire as they were published. Children are found only when asked for.
 */
export class JsonNode {
  readonly #bytes: Buffer;
  readonly #start: number;
  readonly #end: number;
  readonly #spaced: boolean;
  #members: readonly JsonMember[] | undefined;

  /** For `scanJson` only: the span must hold exactly one valid value. */
  constructor(bytes: Buffer, start: number, end: number, spaced: boolean) {
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
    this.#spaced = spaced;
  }

  get kind(): JsonKind {
    switch (this.#bytes[this.#start] ?? END) {
      case OPEN_OBJECT:
        return 'object';
      case OPEN_ARRAY:
        return 'array';
      case QUOTE:
        return 'string';
      case 0x74:
      case 0x66:
        return 'boolean';
      case 0x6e:
        return 'null';
      default:
        return 'number';
    }
  }

  /** As published, spaces included. */
  get text(): string {
    return this.#bytes.toString('utf8', this.#start, this.#end);
  }

  /** What `JSON.parse` makes of it: numbers lose what a double cannot hold. */
  value(): unknown {
    return JSON.parse(this.text);
  }

  /** The bytes without the spaces between tokens. May share memory with the scanned text. */
  compact(): Uint8Array {
    const span = this.#bytes.subarray(this.#start, this.#end);
    return this.#spaced ? withoutSpaces(span) : span;
  }

  /** Members of an object in their order; none of anything else. */
  members(): readonly JsonMember[] {
    this.#members ??= this.kind === 'object' ? this.#findMembers() : [];
    return this.#members;
  }

  #findMembers(): JsonMember[] {
    const members: JsonMember[] = [];
    let at = this.#skip(this.#start + 1);
    while (this.#bytes[at] !== CLOSE_OBJECT) {
      const nameEnd = stringSpanEnd(this.#bytes, at);
      const name = this.#bytes.subarray(at, nameEnd);
      const value = this.#child(this.#skip(nameEnd));
      members.push({ key: JSON.parse(name.toString()) as string, name, value });
      at = this.#skip(value.#end);
    }
    return members;
  }

  /** Items of an array, the first `atMost` of them; none of anything else. */
  items(atMost = Infinity): readonly JsonNode[] {
    if (this.kind !== 'array') return [];
    const items: JsonNode[] = [];
    let at = this.#skip(this.#start + 1);
    while (this.#bytes[at] !== CLOSE_ARRAY && items.length < atMost) {
      const item = this.#child(at);
      items.push(item);
      at = this.#skip(item.#end);
    }
    return items;
  }

  get(key: string): JsonNode | undefined {
    return this.members().find((member) => member.key === key)?.value;
  }

  #child(start: number): JsonNode {
    return new JsonNode(this.#bytes, start, valueEnd(this.#bytes, start), this.#spaced);
  }

  /** Over spaces and the one separator that may stand here. */
  #skip(from: number): number {
    let at = from;
    for (;;) {
      const byte = this.#bytes[at] ?? END;
      if (!isSpace(byte) && byte !== COMMA && byte !== COLON) return at;
      at += 1;
    }
  }
}

/** Valid text only, here and below: the scanner has been over it. */
function stringSpanEnd(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at + 1;
}

function valueEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  let depth = 0;
  do {
    const byte = bytes[at] ?? END;
    if (byte === QUOTE) at = stringSpanEnd(bytes, at);
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      depth += 1;
      at += 1;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      depth -= 1;
      at += 1;
    } else if (depth > 0) at += 1;
    else at = bareEnd(bytes, at);
  } while (depth > 0);
  return at;
}

/** End of a number or a literal that is not inside a container of its own. */
function bareEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  for (;;) {
    const byte = bytes[at] ?? END;
    if (byte === END || byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_ARRAY || isSpace(byte)) {
      return at;
    }
    at += 1;
  }
}

function withoutSpaces(span: Buffer): Uint8Array {
  const out = Buffer.allocUnsafe(span.length);
  let length = 0;
  for (let at = 0; at < span.length;) {
    const byte = span[at] ?? END;
    if (byte === QUOTE) {
      const end = stringSpanEnd(span, at);
      length += span.copy(out, length, at, end);
      at = end;
    } else {
      if (!isSpace(byte)) length = out.writeUInt8(byte, length);
      at += 1;
    }
  }
  return out.subarray(0, length);
}
