import type { Broker, Cluster } from 'kafkajs';
import { topicPartition, type TopicPartition } from '../core/pausing.ts';
import { cut, leaderOf } from './cluster.ts';
import { Fetches, type Asked } from './fetch-answer.ts';
import type { KafkaPartition } from './kafka-partition.ts';
import { backoff } from './patience.ts';
import { Poll, type Pace } from './poll.ts';
import { isTimeout, toLogError, typeOf } from './to-log-error.ts';
import type { TopicNames } from './topic-names.ts';
import { connections } from './wire/broker-call.ts';
import type { SharedBatches } from './wire/shared-batches.ts';

const KIB = 1_024;
/**
 * Each record as it comes; where many come, what came within a few ms, which is less than they wait for anyway. An answer
 * costs the broker and us a fixed price, however little is in it.
 */
export const atOnce: Pace = {
  firstMs: 100,
  gatherFrom: 16 * KIB,
  gatherBytes: 64 * KIB,
  gatherMs: 5,
  // Of a backlog. More would not fit into the windows, and be memory all the same until the collector comes.
  answerBytes: 4 * 1_024 * KIB,
};
/** The first one as it comes, the others in few large answers (decision 0017). */
export const gathered: Pace = {
  firstMs: 100,
  gatherFrom: 1,
  gatherBytes: 256 * KIB,
  gatherMs: 100,
  // What waits in retry topics, or behind a projector, is much at once: 10 MiB and their copies would be memory that stays.
  answerBytes: 2 * 1_024 * KIB,
};

export interface FetcherOptions {
  readonly pace?: Pace;
  /** Nobody else sends anything over this cluster's connections that may not wait. Default: so it is. */
  readonly isAlone?: boolean;
  /** With other groups of this process. */
  readonly shared?: SharedBatches;
}

/**
 * Long polls for all partitions that readers want more of.
 *
 * 1. A partition takes part only while its reader wants records, so a paused or slow one holds up nobody and costs
 *    no memory (R16).
 * 2. Nothing wanted: nothing is asked, no timer runs.
 * 3. A broker that is away is asked again, for ever, at growing intervals; the others go on. So is one partition that a
 *    broker refuses, and what came of the others is handed over.
 * 4. A partition is asked for by one poll at a time. One that is wanted while the poll for the others is out is asked for
 *    over the second connection, where there is one: it would wait for as long as nothing comes for them.
 * 5. One request names a partition once, whoever reads it: brokers answer one of its places only. Of several readers the one
 *    that is furthest behind is served, with all that stand where it does; the others come with a later poll.
 */
export class Fetcher {
  readonly #cluster: Cluster;
  readonly #names: TopicNames;
  readonly #pace: Pace;
  readonly #isAlone: boolean;
  readonly #fetches: Fetches;
  readonly #wanting = new Set<KafkaPartition>();
  readonly #polls = new Map<string, readonly Poll[]>();
  readonly #failures = new Map<string, number>();
  readonly #stop = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  #isKicked = false;
  #isRefreshing = false;

  constructor(
    cluster: Cluster,
    names: TopicNames,
    { pace = atOnce, isAlone = true, shared }: FetcherOptions = {},
  ) {
    this.#cluster = cluster;
    this.#names = names;
    this.#pace = pace;
    this.#isAlone = isAlone;
    this.#fetches = new Fetches(names, shared);
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
      const polls = this.#pollsOf(node);
      const poll = polls.find(({ isBusy }) => !isBusy);
      if (poll === undefined) continue;
      const free = partitions.filter((one) => !polls.some((other) => other.isOutFor(one)));
      if (free.length === 0) continue;
      const done: Promise<void> = this.#fetch(node, poll, free).finally(() => {
        this.#underWay.delete(done);
        this.#kick();
      });
      this.#underWay.add(done);
    }
  }

  #pollsOf(node: string): readonly Poll[] {
    let polls = this.#polls.get(node);
    if (polls === undefined) {
      const over = this.#isAlone ? [connections.polls, connections.main] : [connections.polls];
      polls = over.map((connection) => new Poll(connection, this.#pace));
      this.#polls.set(node, polls);
    }
    return polls;
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

  async #fetch(node: string, poll: Poll, partitions: readonly KafkaPartition[]): Promise<void> {
    const when = poll.begin(partitions);
    let came = 0;
    let broker: Broker | undefined;
    try {
      if (node === '') throw new Error('no leader');
      this.#keepMetadataFresh();
      broker = await this.#cluster.findBroker({ nodeId: node });
      const asked = asks(partitions);
      if (asked.length === 0) return;
      const { session, over } = poll;
      const { answerBytes } = this.#pace;
      const how = { session, over, answerBytes };
      const { bytes, found, refused } = await this.#fetches.from(broker, asked, when, how);
      came = bytes;
      if (this.#stop.signal.aborted) return;
      for (const [at, { records, next }] of found) {
        const one = asked[at];
        if (one === undefined || next <= one.from) continue;
        for (const reader of one.readers) reader.fetched(one.from, records, next);
      }
      if (refused.size === 0) this.#failures.delete(node);
      for (const [, those] of Map.groupBy(refused, ([, error]) => typeOf(error))) {
        const these = those.flatMap(([at]) => asked[at]?.readers ?? []);
        await this.#recover(node, these, those[0]?.[1]);
      }
    } catch (error) {
      if (broker !== undefined && isTimeout(error)) cut(broker);
      if (!this.#stop.signal.aborted) await this.#recover(node, partitions, error);
    } finally {
      poll.ended(came);
    }
  }

  /**
   * Every five minutes kafkajs asks for metadata. The answer may stand behind the long poll of the other connection, and nobody
   * waits for it: readers of what came meanwhile had stood still for up to a second.
   */
  #keepMetadataFresh(): void {
    if (this.#isRefreshing) return;
    this.#isRefreshing = true;
    void this.#cluster
      .refreshMetadataIfNecessary()
      // A broker that is away is noticed by the fetches themselves.
      .catch(toLogError)
      .finally(() => (this.#isRefreshing = false));
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
   * Those that stand outside what is held are moved to its start. One
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

interface Aim extends Asked {
  readonly readers: KafkaPartition[];
}

/** Invariant 5. */
function asks(readers: readonly KafkaPartition[]): readonly Aim[] {
  const aims = new Map<TopicPartition, Aim>();
  for (const reader of readers) {
    const from = reader.aim();
    if (from === undefined) continue;
    const { topic, partition } = reader;
    const place = topicPartition(topic, partition);
    const aim = aims.get(place);
    if (aim?.from === from) aim.readers.push(reader);
    else if (aim === undefined || from < aim.from)
      aims.set(place, { topic, partition, from, readers: [reader] });
  }
  return [...aims.values()];
}
