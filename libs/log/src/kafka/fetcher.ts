import type { Broker, Cluster } from 'kafkajs';
import { cut, leaderOf } from './cluster.ts';
import { fetchFrom } from './fetch-answer.ts';
import type { KafkaPartition } from './kafka-partition.ts';
import { backoff } from './patience.ts';
import { isTimeout, toLogError, typeOf } from './to-log-error.ts';
import type { TopicNames } from './topic-names.ts';

/** When a broker answers a fetch. */
export interface Pace {
  /** As soon as there is so much, over all partitions asked for … */
  readonly minBytes: number;
  /** … or after so long: what is wanted meanwhile waits for that long at most. */
  readonly waitMs: number;
}

/** Each record as it comes. */
export const atOnce: Pace = { minBytes: 1, waitMs: 100 };
/** An answer names every partition asked for, whatever is in it: few large ones cost a broker a fraction. */
export const gathered: Pace = { minBytes: 64 * 1_024, waitMs: 100 };

/**
 * Long polls for all partitions that readers want more of: one fetch in flight for each broker.
 *
 * 1. A partition takes part only while its reader wants records, so a paused or slow one holds up nobody and costs
 *    no memory (R16).
 * 2. Nothing wanted: nothing is asked, no timer runs.
 * 3. A broker that is away is asked again, for ever, at growing intervals; the others go on.
 */
export class Fetcher {
  readonly #cluster: Cluster;
  readonly #names: TopicNames;
  readonly #pace: Pace;
  readonly #wanting = new Set<KafkaPartition>();
  readonly #busy = new Set<string>();
  readonly #failures = new Map<string, number>();
  readonly #stop = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  #isKicked = false;

  constructor(cluster: Cluster, names: TopicNames, pace: Pace = atOnce) {
    this.#cluster = cluster;
    this.#names = names;
    this.#pace = pace;
  }

  want(partition: KafkaPartition): void {
    this.#wanting.add(partition);
    this.#kick();
  }

  /** The cluster must be disconnected as well, or the fetches in flight are waited for. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#underWay);
  }

  #kick(): void {
    if (this.#isKicked || this.#stop.signal.aborted) return;
    this.#isKicked = true;
    queueMicrotask(() => {
      this.#isKicked = false;
      this.#turn();
    });
  }

  #turn(): void {
    if (this.#stop.signal.aborted) return;
    for (const [node, partitions] of this.#byLeader()) {
      if (this.#busy.has(node)) continue;
      this.#busy.add(node);
      const done: Promise<void> = this.#fetch(node, partitions).finally(() => {
        this.#busy.delete(node);
        this.#underWay.delete(done);
        this.#kick();
      });
      this.#underWay.add(done);
    }
  }

  /** Those without a leader stand under an empty name. */
  #byLeader(): Map<string, KafkaPartition[]> {
    const leaders = new Map<string, KafkaPartition[]>();
    for (const partition of this.#wanting) {
      if (partition.aim() === undefined) {
        this.#wanting.delete(partition);
        continue;
      }
      const leader = leaderOf(this.#cluster, this.#names.of(partition.topic), partition.partition) ?? '';
      const own = leaders.get(leader);
      if (own === undefined) leaders.set(leader, [partition]);
      else own.push(partition);
    }
    return leaders;
  }

  async #fetch(node: string, partitions: readonly KafkaPartition[]): Promise<void> {
    let broker: Broker | undefined;
    try {
      if (node === '') throw new Error('no leader');
      await this.#cluster.refreshMetadataIfNecessary();
      broker = await this.#cluster.findBroker({ nodeId: node });
      const asked = partitions.flatMap((partition) => {
        const from = partition.aim();
        return from === undefined
          ? []
          : [{ topic: partition.topic, partition: partition.partition, from, to: partition }];
      });
      if (asked.length === 0) return;
      const answers = await fetchFrom(broker, this.#names, asked, this.#pace);
      this.#failures.delete(node);
      if (this.#stop.signal.aborted) return;
      for (const [at, { records, next }] of answers.entries()) {
        const one = asked[at];
        if (one !== undefined && next > one.from) one.to.fetched(one.from, records, next);
      }
    } catch (error) {
      if (broker !== undefined && isTimeout(error)) cut(broker);
      if (!this.#stop.signal.aborted) await this.#recover(node, partitions, error);
    }
  }

  async #recover(node: string, partitions: readonly KafkaPartition[], error: unknown): Promise<void> {
    try {
      if (typeOf(error) === 'OFFSET_OUT_OF_RANGE') return await this.#skipLost(partitions);
    } catch {
      // As any other failure: tried again.
    }
    const failures = this.#failures.get(node) ?? 0;
    this.#failures.set(node, failures + 1);
    await backoff(failures, this.#stop.signal);
    if (this.#stop.signal.aborted) return;
    await this.#cluster.refreshMetadata().catch(toLogError);
  }

  /**
   * The broker does not say which partition it meant: all that stand outside what is held are moved to its start. One
   * beyond the end was read from a log that lost its tail; the start costs copies, the end might cost records.
   */
  async #skipLost(partitions: readonly KafkaPartition[]): Promise<void> {
    for (const partition of partitions) {
      const [start, end] = await Promise.all([this.#bound(partition, true), this.#bound(partition, false)]);
      const from = partition.aim();
      if (from !== undefined && (from < start || from > end)) partition.skipTo(start);
    }
  }

  async #bound({ topic, partition }: KafkaPartition, fromBeginning: boolean): Promise<number> {
    const [found] = await this.#cluster.fetchTopicsOffset([
      { topic: this.#names.of(topic), partitions: [{ partition }], fromBeginning },
    ]);
    return Number(found?.partitions[0]?.offset ?? 0);
  }
}
