import type { Feed, PartitionSource, SliceCaps } from '../core/feed.ts';
import type { LogRecord } from '../port/record.ts';
import type { TopicName } from '../topics.ts';
import type { RecordReader } from './record-reader.ts';
import { Ring } from './ring.ts';

/** One partition as its only owner knows it: where it starts and ends, and its newest records. */
export class PostgresPartition implements PartitionSource {
  readonly topic: TopicName;
  readonly topicId: number;
  readonly partition: number;
  readonly feeds = new Set<Feed>();
  readonly #reader: RecordReader;
  readonly #ring = new Ring();
  #start = 0;
  #end = 0;

  constructor(topic: TopicName, topicId: number, partition: number, reader: RecordReader) {
    this.topic = topic;
    this.topicId = topicId;
    this.partition = partition;
    this.#reader = reader;
  }

  get start(): number {
    return this.#start;
  }

  /** After the last durable record: what is being written is not there yet. */
  get end(): number {
    return this.#end;
  }

  /** As the database has it. */
  found(start: number, end: number): void {
    this.#start = start;
    if (end === this.#end) return;
    // Records that nobody was told of (the append's answer was lost): the ring must not have a hole.
    this.#ring.clear();
    this.#end = end;
  }

  truncated(start: number): void {
    this.#start = Math.max(this.#start, start);
  }

  /** The record is durable. */
  appended(record: LogRecord): void {
    this.#ring.push(record);
    this.#end = record.offset + 1;
  }

  wake(): void {
    for (const feed of this.feeds) feed.wake();
  }

  slice(from: number, caps: SliceCaps): readonly LogRecord[] | Promise<readonly LogRecord[]> {
    return this.#ring.slice(from, caps) ?? this.#reader.slice(this, from, this.#end, caps);
  }

  async at(offset: number): Promise<LogRecord | undefined> {
    if (offset < 0 || offset >= this.#end) return undefined;
    const kept = this.#ring.at(offset);
    if (kept !== undefined) return kept;
    const [found] = await this.#reader.slice(this, offset, offset + 1, { records: 1, bytes: 0 });
    return found;
  }
}
