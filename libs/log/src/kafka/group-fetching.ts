import type { Cluster } from 'kafkajs';
import type { GroupOptions } from '../port/group.ts';
import type { TopicName } from '../topics.ts';
import { partitionsOf } from './cluster.ts';
import { atOnce, Fetcher, gathered } from './fetcher.ts';
import type { KafkaPartition } from './kafka-partition.ts';
import type { TopicNames } from './topic-names.ts';
import type { SharedBatches } from './wire/shared-batches.ts';

/**
 * How a member reads: what is wanted at once over a connection of its own, so that it never waits behind the long poll
 * for the rest, and no record of it makes a broker look through all the other partitions again.
 */
export class GroupFetching {
  readonly #names: TopicNames;
  readonly #eager: ReadonlySet<TopicName>;
  /** Undefined where all are read alike. */
  readonly #own: Cluster | undefined;
  readonly #first: Fetcher;
  readonly #rest: Fetcher;
  readonly #leave: () => void;

  /** `cluster`: the member's, for the rest; `open`: makes another. */
  constructor(
    cluster: Cluster,
    open: () => Cluster,
    { names, shared }: { readonly names: TopicNames; readonly shared: SharedBatches },
    { topics, eager = topics }: GroupOptions,
  ) {
    this.#names = names;
    this.#eager = new Set(eager);
    const isMixed = eager.length > 0 && eager.length < topics.length;
    this.#own = isMixed ? open() : undefined;
    this.#rest = new Fetcher(cluster, names, {
      pace: eager.length === topics.length ? atOnce : gathered,
      isAlone: false,
      shared,
    });
    this.#first = this.#own === undefined ? this.#rest : new Fetcher(this.#own, names, { shared });
    this.#leave = shared.joined(topics);
  }

  async start(): Promise<void> {
    if (this.#own === undefined) return;
    for (const topic of this.#eager) await partitionsOf(this.#own, this.#names, topic);
  }

  want(partition: KafkaPartition): void {
    const fetcher = this.#eager.has(partition.topic) ? this.#first : this.#rest;
    fetcher.want(partition);
  }

  /** The member's own cluster must be disconnected as well. */
  async stop(): Promise<void> {
    this.#leave();
    const stopped = Promise.all([this.#first.stop(), this.#rest.stop()]);
    await this.#own?.disconnect().catch(() => {});
    await stopped;
  }
}
