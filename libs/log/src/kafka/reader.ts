import type { Cluster } from 'kafkajs';
import type { LogRecord } from '../port/record.ts';
import { LogError } from '../port/log-error.ts';
import type { TopicName } from '../topics.ts';
import { cutSlice, DEFAULT_SLICE } from '../core/slices.ts';
import type { Actor } from './actor.ts';
import { leaderOf, partitionsOf } from './cluster.ts';
import { Fetches, type Fetched } from './fetch-answer.ts';
import { patiently } from './patience.ts';
import { toLogError, typeOf } from './to-log-error.ts';
import type { TopicNames } from './topic-names.ts';

/** A fetch that finds nothing is answered at once: these readers know that there is something. */
const NO_WAIT = { minBytes: 1, waitMs: 0 };

/** Reads that end: ranges, single records, bounds. No group, no position kept anywhere. */
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
    end: Promise<readonly number[]>,
    to = Infinity,
  ): AsyncGenerator<readonly LogRecord[]> {
    const last = Math.min(to, (await end)[partition] ?? 0);
    for (let at = from; at < last;) {
      const fetched = await this.#fetch(topic, partition, at);
      if (fetched === undefined) {
        // Retention was faster than this reader: what is gone is not there to be read (P9).
        at = Math.max(at + 1, (await this.bounds(topic, 'start'))[partition] ?? last);
        continue;
      }
      const records = fetched.records.filter((record) => record.offset < last);
      for (let cut = 0; cut < records.length;) {
        const slice = cutSlice(records, cut, DEFAULT_SLICE);
        cut += slice.length;
        yield slice;
      }
      if (fetched.next === at) return;
      at = fetched.next;
    }
  }

  async one(topic: TopicName, partition: number, offset: number): Promise<LogRecord | undefined> {
    if (offset < 0) return undefined;
    // One byte: the record batch that holds it, and no more.
    const fetched = await this.#fetch(topic, partition, offset, 1);
    const [found] = fetched?.records ?? [];
    return found?.offset === offset ? found : undefined;
  }

  /** Undefined: the offset is outside what is held. */
  async #fetch(
    topic: TopicName,
    partition: number,
    from: number,
    bytes?: number,
  ): Promise<Fetched | undefined> {
    return patiently(() => this.#tryToFetch(topic, partition, from, bytes), this.#signal);
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
    try {
      const count = await partitionsOf(this.#cluster, this.#names, topic);
      const partitions = Array.from({ length: count }, (_, partition) => ({ partition }));
      const [found] = await this.#cluster.fetchTopicsOffset([
        { topic: this.#names.of(topic), partitions, fromBeginning: which === 'start' },
      ]);
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
