/** Where unpacked bytes grow, and what later ones repeat of them. Bounded: a few bytes may claim to be gigabytes. */
export class Output {
  readonly #most: number;
  #bytes: Buffer;
  #length = 0;

  constructor(expected: number, most: number) {
    this.#most = most;
    this.#bytes = Buffer.allocUnsafe(Math.min(expected, most));
  }

  get length(): number {
    return this.#length;
  }

  append(from: Buffer, start: number, length: number): void {
    if (start + length > from.length) throw new Error('compressed data ends too early');
    this.#room(length);
    from.copy(this.#bytes, this.#length, start, start + length);
    this.#length += length;
  }

  /** `length` bytes again from `distance` back; they may reach into what is just being written. */
  repeat(distance: number, length: number): void {
    if (distance === 0 || distance > this.#length)
      throw new Error('compressed data repeats what is not there');
    this.#room(length);
    const bytes = this.#bytes;
    let to = this.#length;
    const end = to + length;
    if (distance >= length) bytes.copyWithin(to, to - distance, to - distance + length);
    else for (; to < end; to += 1) bytes[to] = bytes[to - distance] ?? 0;
    this.#length = end;
  }

  take(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  #room(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    if (needed > this.#most) throw new Error(`compressed data unpacks to more than ${this.#most} bytes`);
    const grown = Buffer.allocUnsafe(Math.min(this.#most, Math.max(needed, this.#bytes.length * 2)));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}
