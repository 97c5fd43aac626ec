import type { Headers } from '../../port/record.ts';
import type { WireReader } from './wire-reader.ts';

/** Longer ones hardly ever repeat, and a record of a thousand headers is nobody's pattern. */
const LONGEST = 64;
const PLACES = 64;

/** Headers as they were read before, in the order in which they stood. */
interface Pattern {
  readonly names: readonly string[];
  readonly values: readonly string[];
  /** Copies of it have its shape: values in a row, where an object made name by name has a hash table of 1.5 KB. */
  readonly headers: Headers;
}

/**
 * Reads the headers of one topic's records. They resemble each other: the same names in the same places, and many of the
 * values too. What stood in a place before is compared byte by byte, and where it is the same, so is the string: nothing
 * is decoded, nothing allocated, and records that are kept share their strings.
 */
export class HeaderMemory {
  readonly #names: string[] = [];
  readonly #values: string[] = [];
  readonly #keys: string[] = [];
  /** By their number: a topic's records are of a few kinds. */
  readonly #patterns: (Pattern | undefined)[] = [];

  /** The record's key; null: it has none. */
  key(from: WireReader): string | null {
    return this.#recall(this.#keys, 0, from) ?? null;
  }

  /** Of a name that stands there twice the last value counts, as in most clients; one without a value is passed over. */
  read(from: WireReader): Headers {
    const count = from.varint();
    const start = from.at;
    const pattern = this.#patterns[count];
    const alike = pattern === undefined ? undefined : this.#readAlike(pattern, from);
    if (alike !== undefined) return alike;
    from.at = start;
    return this.#readAny(count, from);
  }

  /** Undefined: other names, or something without a value. */
  #readAlike({ names, values, headers }: Pattern, from: WireReader): Headers | undefined {
    const read: Record<string, string> = { ...headers };
    for (let place = 0; place < names.length; place += 1) {
      const name = names[place] as string;
      if (this.#recall(this.#names, place, from) !== name) return undefined;
      const value = this.#recall(this.#values, place, from);
      if (value === undefined) return undefined;
      if (value !== values[place]) read[name] = value;
    }
    return read;
  }

  #readAny(count: number, from: WireReader): Headers {
    const headers: Record<string, string> = {};
    const names: string[] = [];
    const values: string[] = [];
    for (let place = 0; place < count; place += 1) {
      const name = this.#recall(this.#names, place, from) ?? '';
      const value = this.#recall(this.#values, place, from);
      if (value === undefined) continue;
      headers[name] = value;
      names.push(name);
      values.push(value);
    }
    const isPattern = count > 0 && count <= PLACES && Object.keys(headers).length === count;
    // Parsed, it has the shape that copies are to have.
    if (isPattern) {
      this.#patterns[count] = { names, values, headers: JSON.parse(JSON.stringify(headers)) as Headers };
    }
    return headers;
  }

  #recall(seen: string[], place: number, from: WireReader): string | undefined {
    const length = from.varint();
    if (length < 0) return undefined;
    const { buffer, at } = from;
    if (length > buffer.length - at) throw new RangeError('a header runs beyond the answer');
    from.at = at + length;
    const before = seen[place];
    if (before?.length === length && isSame(before, buffer, at)) return before;
    const text = buffer.toString('utf8', at, at + length);
    if (length <= LONGEST && place < PLACES) seen[place] = text;
    return text;
  }
}

function isSame(text: string, buffer: Buffer, at: number): boolean {
  // From the end: ids and times begin alike. Where it is longer than ASCII, the lengths differ already.
  for (let n = text.length - 1; n >= 0; n -= 1) {
    if (buffer[at + n] !== text.charCodeAt(n)) return false;
  }
  return true;
}
