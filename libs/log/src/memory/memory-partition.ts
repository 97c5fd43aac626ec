import { cutSlice } from '../core/slices.ts';
import type { Feed, PartitionSource, SliceCaps } from '../core/feed.ts';
import type { Appended, LogRecord, NewRecord } from '../port/record.ts';

/** The records of one partition, and who wants to hear of new ones. */
export class MemoryPartition implements PartitionSource {
  readonly feeds = new Set<Feed>();
  readonly #records: LogRecord[] = [];
  /** Offset of the first record still held. */
  #start = 0;

  get start(): number {
    return this.#start;
  }

  get end(): number {
    return this.#start + this.#records.length;
  }

  append(record: NewRecord, now: number): Appended {
    // Never falls, whatever the clock does: tier clocks rely on it (R15).
    const appendedAt = Math.max(now, this.#records.at(-1)?.appendedAt ?? 0);
    const appended = { ...record, offset: this.end, appendedAt };
    this.#records.push(appended);
    return appended;
  }

  slice(from: number, caps: SliceCaps): readonly LogRecord[] {
    return cutSlice(this.#records, Math.max(0, from - this.#start), caps);
  }

  at(offset: number): LogRecord | undefined {
    return this.#records[offset - this.#start];
  }

  /** Retention. */
  truncate(before: number): void {
    const gone = Math.min(Math.max(0, before - this.#start), this.#records.length);
    this.#records.splice(0, gone);
    this.#start += gone;
  }

  wake(): void {
    for (const feed of this.feeds) feed.wake();
  }
}
