import type { Headers } from '../../port/record.ts';
import type { WireReader } from './wire-reader.ts';

/** Longer ones hardly ever repeat, and a record of a thousand headers is nobody's pattern. */
const LONGEST = 64;
const PLACES = 64;

/**
 * Reads the headers of one topic's records. They resemble each other: the same names in the same places, and many of the
 * values too. What stood in a place before is compared byte by byte, and where it is the same, so is the string: nothing
 * is decoded, nothing allocated, and records that are kept share their strings.
 */
export class HeaderMemory {
  readonly #names: string[] = [];
  readonly #values: string[] = [];
  readonly #keys: string[] = [];

  /** The record's key; null: it has none. */
  key(from: WireReader): string | null {
    return this.#recall(this.#keys, 0, from) ?? null;
  }

  /** Of a name that stands there twice the last value counts, as in most clients; one without a value is passed over. */
  read(from: WireReader): Headers {
    const headers: Record<string, string> = {};
    const count = from.varint();
    for (let place = 0; place < count; place += 1) {
      const name = this.#recall(this.#names, place, from) ?? '';
      const value = this.#recall(this.#values, place, from);
      if (value !== undefined) headers[name] = value;
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
