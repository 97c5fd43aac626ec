import type { Feed, PartitionSource, SliceCaps } from '../core/feed.ts';
import { cutSlice } from '../core/slices.ts';
import type { LogRecord } from '../port/record.ts';
import type { TopicName } from '../topics.ts';

/**
 * What one reader of one partition has fetched and not yet handed over: an unbroken piece of the log, [from, next).
 *
 * 1. It shows its end only to a reader who stands within the piece; one who went elsewhere sees nothing until the piece
 *    was fetched from there, so no stale slice is ever handed over after a seek.
 * 2. It asks for more only when all it has is handed over: at most one fetch is held for each reader, and for one that is
 *    paused for long, none.
 */
export class KafkaPartition implements PartitionSource {
  readonly topic: TopicName;
  readonly partition: number;
  /** One, or none once the reader is gone. */
  readonly feeds = new Set<Feed>();
  readonly #want: (partition: KafkaPartition) => void;
  #records: readonly LogRecord[] = [];
  #from = -1;
  #next = -1;
  /** The reader wanted nothing when {@link rest} was called last. */
  #wasPaused = false;

  constructor(topic: TopicName, partition: number, want: (partition: KafkaPartition) => void) {
    this.topic = topic;
    this.partition = partition;
    this.#want = want;
  }

  get end(): number {
    const at = this.#position;
    if (at === undefined) return 0;
    return this.#covers(at) ? this.#next : at;
  }

  /** Where to fetch; undefined: the reader is gone, paused, or has not taken yet what is here. */
  aim(): number | undefined {
    const at = this.#position;
    if (at === undefined || !this.#feed?.isOpen || (this.#covers(at) && at < this.#next)) return undefined;
    if (!this.#covers(at)) this.#begin(at);
    return this.#next;
  }

  slice(from: number, caps: SliceCaps): readonly LogRecord[] {
    let at = 0;
    // At most a slice or so: what was handed over is forgotten with the next one.
    while (at < this.#records.length && (this.#records[at]?.offset ?? 0) < from) at += 1;
    this.#records = this.#records.slice(at);
    this.#from = from;
    return cutSlice(this.#records, 0, caps);
  }

  wanted(): void {
    this.#want(this);
  }

  /** The answer to a fetch from `asked`: what it held, up to `next`. Dropped if the reader went elsewhere meanwhile. */
  fetched(asked: number, records: readonly LogRecord[], next: number): void {
    const at = this.#position;
    if (at === undefined || asked !== this.#next || !this.#covers(at)) return;
    this.#records = this.#records.length === 0 ? records : [...this.#records, ...records];
    this.#next = next;
    this.#feed?.wake();
  }

  /**
   * Called every few seconds. A reader that is paused now as it was then gets what was fetched for it anew once it goes on:
   * a topic whose records are not due for hours would hold on to a megabyte of them for each of its partitions.
   */
  rest(): void {
    const isPaused = this.#feed?.isOpen !== true;
    if (isPaused && this.#wasPaused && this.#records.length > 0) this.#begin(this.#position ?? -1);
    this.#wasPaused = isPaused;
  }

  /** Retention has taken what was asked for: go on with the first record still held (P9). */
  skipTo(start: number): void {
    this.#begin(start);
    this.#feed?.seek(start);
  }

  get #feed(): Feed | undefined {
    for (const feed of this.feeds) return feed;
    return undefined;
  }

  get #position(): number | undefined {
    return this.#feed?.position;
  }

  #covers(at: number): boolean {
    return this.#from <= at && at <= this.#next;
  }

  #begin(at: number): void {
    this.#records = [];
    this.#from = at;
    this.#next = at;
  }
}
