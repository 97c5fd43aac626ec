/** Above it a native copy is quicker than a loop. */
const SHORT = 64;
const WORD = 0x1_0000_0000;

/** Bytes of one request, in the types of Kafka's protocol: big-endian, growing as needed. */
export class WireWriter {
  /** Larger than what is written; {@link bytes} is the written part. */
  #buffer: Buffer;
  #at = 0;

  constructor(capacity: number) {
    this.#buffer = Buffer.allocUnsafeSlow(capacity);
  }

  /** Position of the next byte. */
  get at(): number {
    return this.#at;
  }

  /** What is written; valid until the next write. */
  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#at);
  }

  int8(value: number): void {
    this.#reserve(1);
    this.#buffer[this.#at] = value;
    this.#at += 1;
  }

  int16(value: number): void {
    this.#reserve(2);
    this.#at = this.#buffer.writeInt16BE(value, this.#at);
  }

  int32(value: number): void {
    this.#reserve(4);
    this.#at = this.#buffer.writeInt32BE(value | 0, this.#at);
  }

  /** Whole numbers that JavaScript holds exactly. */
  int64(value: number): void {
    this.#reserve(8);
    this.#buffer.writeInt32BE(Math.floor(value / WORD) | 0, this.#at);
    this.#at = this.#buffer.writeInt32BE(value | 0, this.#at + 4);
  }

  /** Zigzag, of 32 bits. */
  varint(value: number): void {
    this.#reserve(5);
    let rest = ((value << 1) ^ (value >> 31)) >>> 0;
    while (rest > 0x7f) {
      this.#buffer[this.#at] = (rest & 0x7f) | 0x80;
      this.#at += 1;
      rest >>>= 7;
    }
    this.#buffer[this.#at] = rest;
    this.#at += 1;
  }

  /** Length and bytes, as outside of records. */
  string(text: string | null): void {
    if (text === null) return this.int16(-1);
    this.int16(Buffer.byteLength(text));
    this.raw(text);
  }

  /** Length and bytes, as inside of records; null: nothing, with a length of −1. */
  varstring(text: string | null): void {
    if (text === null) return this.varint(-1);
    const { length } = text;
    this.#reserve(5 + length * 3);
    if (length <= SHORT && this.#shortText(text)) return;
    this.varint(Buffer.byteLength(text));
    this.#at += this.#buffer.write(text, this.#at);
  }

  varbytes(bytes: Uint8Array): void {
    this.varint(bytes.byteLength);
    this.#reserve(bytes.byteLength);
    this.#buffer.set(bytes, this.#at);
    this.#at += bytes.byteLength;
  }

  raw(text: string): void {
    this.#reserve(text.length * 3);
    this.#at += this.#buffer.write(text, this.#at);
  }

  /** Overwrites what was written before. */
  int32At(at: number, value: number): void {
    this.#buffer.writeInt32BE(value | 0, at);
  }

  /**
   * Puts the length of what `write` writes before it, as a varint. `guess`: bytes that it probably is; a wrong guess
   * costs a move of the bytes, for which nobody had to count them before.
   */
  lengthOf(guess: number, write: () => void): void {
    const guessed = varintBytes(guess);
    const start = this.#at;
    this.#reserve(guessed);
    this.#at += guessed;
    write();
    const length = this.#at - start - guessed;
    const needed = varintBytes(length);
    this.#reserve(needed);
    if (needed !== guessed) this.#buffer.copyWithin(start + needed, start + guessed, this.#at);
    this.#at = start;
    this.varint(length);
    this.#at += length;
  }

  /** False: there is more in it than ASCII, nothing is written. */
  #shortText(text: string): boolean {
    const start = this.#at;
    const { length } = text;
    this.varint(length);
    const buffer = this.#buffer;
    const at = this.#at;
    for (let n = 0; n < length; n += 1) {
      const code = text.charCodeAt(n);
      if (code > 0x7f) {
        this.#at = start;
        return false;
      }
      buffer[at + n] = code;
    }
    this.#at = at + length;
    return true;
  }

  #reserve(bytes: number): void {
    const needed = this.#at + bytes;
    if (needed <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(grown, 0, 0, this.#at);
    this.#buffer = grown;
  }
}

function varintBytes(value: number): number {
  const zigzag = value * 2;
  if (zigzag < 0x80) return 1;
  if (zigzag < 0x4000) return 2;
  if (zigzag < 0x20_0000) return 3;
  return zigzag < 0x1000_0000 ? 4 : 5;
}
