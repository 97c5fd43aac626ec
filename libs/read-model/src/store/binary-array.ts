import { UnusableRow } from './data-error.ts';
import { safeJson, safeText } from './safe-text.ts';

/** What a column of a bulk statement holds; the values of {@link elementTypes} say what PostgreSQL calls it. */
export type Kind =
  'text' | 'smallint' | 'int' | 'bigint' | 'boolean' | 'jsonb' | 'bytea' | 'uuid' | 'moment' | 'date';

interface ElementType {
  readonly sql: string;
  /** Fixed in PostgreSQL's catalogue since ever. */
  readonly oid: number;
}

export const elementTypes: Readonly<Record<Kind, ElementType>> = {
  text: { sql: 'text', oid: 25 },
  smallint: { sql: 'smallint', oid: 21 },
  int: { sql: 'integer', oid: 23 },
  bigint: { sql: 'bigint', oid: 20 },
  boolean: { sql: 'boolean', oid: 16 },
  jsonb: { sql: 'jsonb', oid: 3802 },
  bytea: { sql: 'bytea', oid: 17 },
  uuid: { sql: 'uuid', oid: 2950 },
  moment: { sql: 'timestamptz', oid: 1184 },
  date: { sql: 'date', oid: 1082 },
};

/** Dimensions, whether nulls may come, element type, length, first index. */
const HEADER_BYTES = 20;
const EMPTY_BYTES = 12;
const NULL_LENGTH = -1;
/** The longest element of a fixed length, a uuid, with its length. */
const FIXED_BYTES = 20;
const JSONB_VERSION = 1;

const DAY_MS = 86_400_000;
/** PostgreSQL counts times from here. */
const EPOCH_2000 = Date.UTC(2000, 0, 1);
const UUID_LENGTH = 36;
const HYPHEN = 0x2d;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * One array parameter in PostgreSQL's binary format: text arrays would be escaped here value by value, and parsed there
 * byte by byte (decision 0020 has the figures). Values that are not what the column says are refused as
 * {@link UnusableRow}: the log is read, not trusted.
 */
export class BinaryArray {
  readonly #name: string;
  readonly #kind: Kind;
  #bytes: Buffer;
  #end = HEADER_BYTES;

  constructor(name: string, kind: Kind, length: number) {
    this.#name = name;
    this.#kind = kind;
    this.#bytes = Buffer.allocUnsafe(HEADER_BYTES + 24 * length);
    this.#bytes.writeInt32BE(length === 0 ? 0 : 1, 0);
    this.#bytes.writeInt32BE(1, 4);
    this.#bytes.writeInt32BE(elementTypes[kind].oid, 8);
    this.#bytes.writeInt32BE(length, 12);
    this.#bytes.writeInt32BE(1, 16);
  }

  static of(name: string, kind: Kind, values: readonly unknown[]): Buffer {
    const array = new BinaryArray(name, kind, values.length);
    for (const value of values) array.push(value);
    return array.finished();
  }

  push(value: unknown): void {
    this.#reserve(this.#end + FIXED_BYTES);
    if (value === null || value === undefined) {
      this.#open(0);
      this.#bytes.writeInt32BE(NULL_LENGTH, this.#end - 4);
      return;
    }
    switch (this.#kind) {
      case 'text':
        return this.#text(safeText(this.#string(value)), 0);
      case 'jsonb':
        return this.#text(safeJson(value), JSONB_VERSION);
      case 'bytea':
        return this.#raw(value);
      case 'uuid':
        return this.#uuid(this.#string(value));
      case 'boolean':
        if (typeof value !== 'boolean') throw this.#refused(value);
        this.#bytes.writeInt8(value ? 1 : 0, this.#open(1));
        return undefined;
      case 'smallint':
        this.#bytes.writeInt16BE(this.#number(value, 0x7fff), this.#open(2));
        return undefined;
      case 'int':
        this.#bytes.writeInt32BE(this.#number(value, 0x7fff_ffff), this.#open(4));
        return undefined;
      case 'bigint':
        return this.#wide(this.#number(value, Number.MAX_SAFE_INTEGER));
      case 'moment':
        return this.#moment(this.#number(value, 8.64e15));
      case 'date':
        return this.#date(this.#string(value));
      default:
        throw this.#refused(value);
    }
  }

  finished(): Buffer {
    // Of nothing there are no dimensions to tell.
    const isEmpty = this.#end === HEADER_BYTES;
    return this.#bytes.subarray(0, isEmpty ? EMPTY_BYTES : this.#end);
  }

  /** Begins an element of this many bytes, for which there is room; answers where. */
  #open(length: number): number {
    const at = this.#end + 4;
    this.#bytes.writeInt32BE(length, this.#end);
    this.#end = at + length;
    return at;
  }

  #reserve(end: number): void {
    if (end <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * end);
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }

  #text(text: string, version: number): void {
    const at = this.#end + 4 + (version === 0 ? 0 : 1);
    // The most that UTF-8 can take.
    this.#reserve(at + 3 * text.length);
    if (version !== 0) this.#bytes.writeUInt8(version, at - 1);
    const written = this.#bytes.write(text, at);
    this.#bytes.writeInt32BE(at + written - this.#end - 4, this.#end);
    this.#end = at + written;
  }

  #raw(value: unknown): void {
    if (!(value instanceof Uint8Array)) throw this.#refused(value);
    this.#reserve(this.#end + 4 + value.byteLength);
    this.#bytes.set(value, this.#open(value.byteLength));
  }

  #uuid(text: string): void {
    let at = this.#open(16);
    let isUuid = text.length === UUID_LENGTH;
    for (let index = 0; index < UUID_LENGTH && isUuid; index += 2) {
      // Before the 9th, 14th, 19th and 24th character.
      if (index === 8 || index === 13 || index === 18 || index === 23) {
        isUuid = text.charCodeAt(index) === HYPHEN;
        index += 1;
      }
      const byte = 16 * digitOf(text, index) + digitOf(text, index + 1);
      isUuid &&= byte >= 0;
      this.#bytes[at] = byte;
      at += 1;
    }
    if (!isUuid) throw new UnusableRow(`${this.#name}: ${JSON.stringify(text.slice(0, 60))} is no uuid`);
  }

  #moment(ms: number): void {
    // PostgreSQL begins in 4714 BC, JavaScript long before.
    if (ms < -210_866_803_200_000) throw this.#refused(ms);
    const micros = (ms - EPOCH_2000) * 1_000;
    if (Number.isSafeInteger(micros)) this.#wide(micros);
    else this.#bytes.writeBigInt64BE(BigInt(ms - EPOCH_2000) * 1_000n, this.#open(8));
  }

  #wide(number: number): void {
    const at = this.#open(8);
    const high = Math.floor(number / 0x1_0000_0000);
    this.#bytes.writeInt32BE(high, at);
    this.#bytes.writeUInt32BE(number - high * 0x1_0000_0000, at + 4);
  }

  #date(text: string): void {
    const ms = DATE.test(text) ? Date.parse(text) : Number.NaN;
    if (Number.isNaN(ms)) throw this.#refused(text);
    this.#bytes.writeInt32BE((ms - EPOCH_2000) / DAY_MS, this.#open(4));
  }

  #string(value: unknown): string {
    if (typeof value !== 'string') throw this.#refused(value);
    return value;
  }

  #number(value: unknown, most: number): number {
    if (typeof value !== 'number' || !(Math.abs(value) <= most)) throw this.#refused(value);
    return Math.trunc(value);
  }

  #refused(value: unknown): UnusableRow {
    const shown = typeof value === 'number' ? String(value) : typeof value;
    return new UnusableRow(`${this.#name}: ${shown} is no ${this.#kind}`);
  }
}

/** Far below zero where it is none. */
function digitOf(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1_000;
}
