import { sizeOf, type LogRecord } from '#log';

/** Records handed over and not yet done, in order, each once. */
export class RecordQueue {
  readonly #records: LogRecord[] = [];
  /** Of each record: measuring one means to look at all of its headers. */
  readonly #sizes: number[] = [];
  /** The offset that may be taken next; what a seek or rebalance hands over again is below it. */
  #tail: number;
  #bytes = 0;

  constructor(tail: number) {
    this.#tail = tail;
  }

  get records(): number {
    return this.#records.length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get tail(): number {
    return this.#tail;
  }

  /** Epoch ms at which the head was appended; undefined: nothing waits. */
  get oldestAt(): number | undefined {
    return this.#records[0]?.appendedAt;
  }

  accept(records: readonly LogRecord[]): void {
    for (const record of records) {
      if (record.offset < this.#tail) continue;
      const size = sizeOf(record);
      this.#records.push(record);
      this.#sizes.push(size);
      this.#bytes += size;
      this.#tail = record.offset + 1;
    }
  }

  /** The head, within the caps, at least one record where there is one. Stays in the queue until it is dropped. */
  head(maxRecords: number, maxBytes: number): readonly LogRecord[] {
    let bytes = 0;
    const over = this.#sizes.findIndex((size, index) => {
      bytes += size;
      return index >= maxRecords || (index > 0 && bytes > maxBytes);
    });
    return over === -1 ? this.#records.slice() : this.#records.slice(0, over);
  }

  dropBelow(offset: number): void {
    const index = this.#records.findIndex((record) => record.offset >= offset);
    const count = index === -1 ? this.#records.length : index;
    this.#records.splice(0, count);
    for (const size of this.#sizes.splice(0, count)) this.#bytes -= size;
  }

  /** Drops all; the next record taken is at `offset` or after it. */
  restart(offset: number): void {
    this.dropBelow(Infinity);
    this.#tail = offset;
  }
}
