import { sizeOf, type LogRecord } from '../port/record.ts';
import type { SliceCaps } from '../core/feed.ts';
import { cutSlice } from '../core/slices.ts';

const MAX_RECORDS = 2_048;
const MAX_BYTES = 1_024 * 1_024;

/** The newest records of a partition: readers at the tail are served from here, without asking the database. */
export class Ring {
  readonly #records: LogRecord[] = [];
  #first = 0;
  #bytes = 0;

  push(record: LogRecord): void {
    this.#records.push(record);
    this.#bytes += sizeOf(record);
    while (this.#records.length - this.#first > MAX_RECORDS || this.#bytes > MAX_BYTES) {
      const oldest = this.#records[this.#first];
      if (oldest === undefined) break;
      this.#bytes -= sizeOf(oldest);
      this.#first += 1;
    }
    if (this.#first > MAX_RECORDS) {
      this.#records.splice(0, this.#first);
      this.#first = 0;
    }
  }

  /** Undefined: it reaches back no further than after `from`. */
  slice(from: number, caps: SliceCaps): readonly LogRecord[] | undefined {
    const oldest = this.#records[this.#first];
    if (oldest === undefined || from < oldest.offset) return undefined;
    return cutSlice(this.#records, this.#find(from), caps);
  }

  at(offset: number): LogRecord | undefined {
    const found = this.#records[this.#find(offset)];
    return found?.offset === offset ? found : undefined;
  }

  clear(): void {
    this.#records.length = 0;
    this.#first = 0;
    this.#bytes = 0;
  }

  /** Index of the first record at or after `offset`. */
  #find(offset: number): number {
    let low = this.#first;
    let high = this.#records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#records[middle]?.offset ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
