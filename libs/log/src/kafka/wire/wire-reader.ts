const WORD = 0x1_0000_0000;

/** Reads one answer, in the types of Kafka's protocol. Beyond its end it throws a RangeError. */
export class WireReader {
  readonly buffer: Buffer;
  at: number;

  constructor(buffer: Buffer, at = 0) {
    this.buffer = buffer;
    this.at = at;
  }

  get left(): number {
    return this.buffer.length - this.at;
  }

  int8(): number {
    const value = this.buffer.readInt8(this.at);
    this.at += 1;
    return value;
  }

  int16(): number {
    const value = this.buffer.readInt16BE(this.at);
    this.at += 2;
    return value;
  }

  int32(): number {
    const value = this.buffer.readInt32BE(this.at);
    this.at += 4;
    return value;
  }

  /** Offsets and times stay far below what JavaScript holds exactly. */
  int64(): number {
    const high = this.buffer.readInt32BE(this.at);
    const low = this.buffer.readUInt32BE(this.at + 4);
    this.at += 8;
    return high * WORD + low;
  }

  /** Zigzag, of 32 bits. */
  varint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.buffer[this.at];
      if (byte === undefined || shift > 28) throw new RangeError('a number runs beyond the answer');
      this.at += 1;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return (value >>> 1) ^ -(value & 1);
  }

  /** Zigzag, of 64 bits, where only its length matters. */
  skipVarlong(): void {
    while ((this.buffer[this.at] ?? 0) >= 0x80) this.at += 1;
    this.at += 1;
  }

  string(): string {
    const length = this.int16();
    if (length < 0) return '';
    const text = this.buffer.toString('utf8', this.at, this.at + length);
    this.at += length;
    return text;
  }

  /** A view, not a copy. */
  bytes(length: number): Buffer {
    if (length > this.left) throw new RangeError('bytes run beyond the answer');
    const found = this.buffer.subarray(this.at, this.at + length);
    this.at += length;
    return found;
  }

  skip(bytes: number): void {
    this.at += bytes;
  }

  /** As many as the answer says there are; −1 means none. */
  list<T>(read: () => T): T[] {
    const found: T[] = [];
    for (let left = this.int32(); left > 0; left -= 1) found.push(read());
    return found;
  }
}
