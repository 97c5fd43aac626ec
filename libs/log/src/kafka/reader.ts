import type { Cluster } from 'kafkajs';
import type { LogRecord } from '../port/record.ts';
import { LogError } from '../port/log-error.ts';
import type { TopicName } from '../topics.ts';
import { cutSlice, DEFAULT_SLICE } from '../core/slices.ts';
import type { Actor } from './actor.ts';
import { leaderOf, partitionsOf } from './cluster.ts';
import { Fetches, type Asked, type Fetched } from './fetch-answer.ts';
import { patiently } from './patience.ts';
import { toLogError, typeOf } from './to-log-error.ts';
import type { TopicNames } from './topic-names.ts';

/** A fetch that finds nothing is answered at once: these readers know that there is something. */
const NO_WAIT = { minBytes: 1, waitMs: 0 };

/** What is read at once. */
interface Piece extends Asked {
  /** It is below an end that was seen. Default: so it is. */
  readonly isSure?: boolean;
  readonly bytes?: number;
}

/** An answer that took longer may be of a broker that stood still meanwhile, and does not know that it leads no more. */
const FRESH_MS = 3_000;

/**
 * Reads that end: ranges, single records, bounds. No group, no position kept anywhere.
 *
 * 1. A range is read to the end that was seen, or rejects: a leader that was elected a moment ago shows less for a while
 *    than its predecessor did, and whoever took that for the end would pass over what is there (P2).
 * 2. An end is of now: a later one is never below it, whoever leads.
 */
export class Reader {
  readonly #cluster: Cluster;
  readonly #names: TopicNames;
  readonly #signal: AbortSignal;
  readonly #actor: Actor | undefined;
  readonly #fetches: Fetches;

  constructor(cluster: Cluster, names: TopicNames, signal: AbortSignal, actor?: Actor) {
    this.#cluster = cluster;
    this.#names = names;
    this.#signal = signal;
    this.#actor = actor;
    this.#fetches = new Fetches(names);
  }

  /** First or next offset of each partition, in partition order. */
  async bounds(topic: TopicName, which: 'start' | 'end'): Promise<readonly number[]> {
    return patiently(() => this.#bounds(topic, which), this.#signal);
  }

  /** One try, of one byte. A group without this right is joined all the same, and gets nothing: ask before. */
  async tryToRead(topic: TopicName): Promise<void> {
    await this.#tryToFetch(topic, 0, 0, 1);
  }

  async *range(
    topic: TopicName,
    partition: number,
    from: number,
    end: Promise<number>,
  ): AsyncGenerator<readonly LogRecord[]> {
    const last = await end;
    for (let at = from; at < last;) {
      const { records: fetched, next } = await this.#fetch({ topic, partition, from: at });
      const records = fetched.filter((record) => record.offset < last);
      for (let cut = 0; cut < records.length;) {
        const slice = cutSlice(records, cut, DEFAULT_SLICE);
        cut += slice.length;
        yield slice;
      }
      at = next;
    }
  }

  async one(topic: TopicName, partition: number, offset: number): Promise<LogRecord | undefined> {
    if (offset < 0) return undefined;
    // One byte: the record batch that holds it, and no more.
    const { records } = await this.#fetch({ topic, partition, from: offset, isSure: false, bytes: 1 });
    return records[0]?.offset === offset ? records[0] : undefined;
  }

  /** Something from `from` on; nothing where retention was faster, to go on at the first record still held (P9). */
  async #fetch({ topic, partition, from, isSure = true, bytes }: Piece): Promise<Fetched> {
    return patiently(async () => {
      const fetched = await this.#tryToFetch(topic, partition, from, bytes);
      if (fetched !== undefined && fetched.next > from) return fetched;
      if (fetched === undefined) {
        const start = (await this.#bounds(topic, 'start'))[partition] ?? 0;
        if (start > from) return { records: [], next: start };
      }
      if (!isSure && from >= ((await this.#bounds(topic, 'end'))[partition] ?? 0))
        return { records: [], next: from };
      await this.#refresh();
      throw new LogError('log_unavailable', `the leader of ${topic}/${partition} does not show ${from} yet`);
    }, this.#signal);
  }

  async #tryToFetch(
    topic: TopicName,
    partition: number,
    from: number,
    bytes?: number,
  ): Promise<Fetched | undefined> {
    try {
      await partitionsOf(this.#cluster, this.#names, topic);
      const leader = leaderOf(this.#cluster, this.#names.of(topic), partition);
      if (leader === undefined) throw new LogError('log_unavailable', `nobody leads ${topic}/${partition}`);
      const broker = await this.#cluster.findBroker({ nodeId: leader });
      const options = bytes === undefined ? {} : { partitionBytes: bytes };
      const { found, refused } = await this.#fetches.from(
        broker,
        [{ topic, partition, from }],
        NO_WAIT,
        options,
      );
      const refusal = refused.get(0);
      if (refusal !== undefined) throw refusal;
      return found.get(0) ?? { records: [], next: from };
    } catch (error) {
      if (typeOf(error) === 'OFFSET_OUT_OF_RANGE') return undefined;
      await this.#refresh();
      throw this.#refused(error, 'Read', topic);
    }
  }

  async #bounds(topic: TopicName, which: 'start' | 'end'): Promise<readonly number[]> {
    const asked = performance.now();
    try {
      const count = await partitionsOf(this.#cluster, this.#names, topic);
      const partitions = Array.from({ length: count }, (_, partition) => ({ partition }));
      const [found] = await this.#cluster.fetchTopicsOffset([
        { topic: this.#names.of(topic), partitions, fromBeginning: which === 'start' },
      ]);
      if (performance.now() - asked > FRESH_MS)
        throw new LogError('log_unavailable', `the bounds of ${topic} came too late to be true`);
      const offsets = new Map(found?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
      return partitions.map(({ partition }) => {
        const offset = offsets.get(partition);
        if (offset === undefined)
          throw new LogError('log_unavailable', `no answer for ${topic}/${partition}`);
        return offset;
      });
    } catch (error) {
      await this.#refresh();
      throw this.#refused(error, 'Describe', topic);
    }
  }

  #refused(error: unknown, operation: 'Describe' | 'Read', topic: TopicName): LogError {
    const asked = [{ operation, on: 'topic', names: [this.#names.of(topic)] }] as const;
    return toLogError(error, { actor: this.#actor, asked });
  }

  /** Leaders may have moved. A failure shows at the next try. */
  async #refresh(): Promise<void> {
    if (!this.#signal.aborted) await this.#cluster.refreshMetadata().catch(() => {});
  }
}
