import type { LogRecord } from '../../port/record.ts';
import type { TopicName } from '../../topics.ts';

/** Where a record batch stands, and what tells it from another that stood there before a leader was lost. */
export interface BatchName {
  readonly topic: TopicName;
  readonly partition: number;
  readonly base: number;
  readonly sum: number;
}

interface Kept {
  readonly records: readonly LogRecord[];
  /** Readers who have not had it yet. */
  waiting: number;
}

const MAX_RECORDS = 2_048;

/**
 * Batches that one group of this process has read and another, of the same topic, is about to: projections and policies
 * both read all outcomes, a moment apart. Records are never changed, so both may have the same ones: half the work, and half
 * the memory while they wait. One that falls behind reads for itself; what it does not fetch is dropped, oldest first.
 */
export class SharedBatches {
  readonly #readers = new Map<TopicName, number>();
  readonly #kept = new Map<string, Kept>();
  #records = 0;

  /** A group reads these topics from now on; call what is returned once it does no more. */
  joined(topics: readonly TopicName[]): () => void {
    this.#count(topics, 1);
    return () => this.#count(topics, -1);
  }

  /** All records of the batch, if another reader has read it. */
  take(name: BatchName): readonly LogRecord[] | undefined {
    const key = keyOf(name);
    const kept = this.#kept.get(key);
    if (kept === undefined) return undefined;
    kept.waiting -= 1;
    if (kept.waiting <= 0) this.#drop(key, kept);
    return kept.records;
  }

  /** All records of a batch that was not to be had here; two readers may have read it at once. */
  keep(name: BatchName, records: readonly LogRecord[]): void {
    const waiting = (this.#readers.get(name.topic) ?? 0) - 1;
    const key = keyOf(name);
    if (waiting < 1 || this.#kept.has(key)) return;
    this.#kept.set(key, { records, waiting });
    this.#records += records.length;
    for (const [first, oldest] of this.#kept) {
      if (this.#records <= MAX_RECORDS) break;
      this.#drop(first, oldest);
    }
  }

  get size(): number {
    return this.#records;
  }

  #drop(key: string, { records }: Kept): void {
    this.#kept.delete(key);
    this.#records -= records.length;
  }

  #count(topics: readonly TopicName[], by: number): void {
    for (const topic of topics) this.#readers.set(topic, (this.#readers.get(topic) ?? 0) + by);
  }
}

const keyOf = ({ topic, partition, base, sum }: BatchName): string => `${topic}/${partition}/${base}/${sum}`;
