import type { Cluster, Kafka } from 'kafkajs';
import { Followers } from '../core/followers.ts';
import type { Group, GroupHandlers, GroupOptions } from '../port/group.ts';
import { LogError } from '../port/log-error.ts';
import type { FollowHandlers, Follower, Log } from '../port/log.ts';
import type { Appended, LogRecord, NewRecord } from '../port/record.ts';
import { topics, type TopicName } from '../topics.ts';
import { actorOf, type Actor } from './actor.ts';
import { Appender } from './appender.ts';
import { openCluster, partitionsOf } from './cluster.ts';
import { kafkaClient, type KafkaConnection } from './connection.ts';
import { Fetcher } from './fetcher.ts';
import { firstContact, refuseForbiddenGroup } from './first-contact.ts';
import { GroupSession, type SessionTiming } from './group-session.ts';
import { KafkaClock } from './kafka-clock.ts';
import { KafkaPartition } from './kafka-partition.ts';
import { patiently } from './patience.ts';
import { Reader } from './reader.ts';
import { toStartError } from './to-log-error.ts';
import { TopicKeeper } from './topic-keeper.ts';
import { TopicNames } from './topic-names.ts';
import { SharedBatches } from './wire/shared-batches.ts';

export interface KafkaLogOptions extends KafkaConnection {
  /** Of topics and groups; `hyperhook.` where nothing is given. One installation per prefix and cluster. */
  readonly prefix?: string;
  /** How long the group waits for a heartbeat before others take over (R9). */
  readonly sessionTimeoutMs?: number;
  readonly heartbeatMs?: number;
  /** Told by ensureTopics what works, but puts records at risk. */
  readonly warn?: (message: string) => void;
}

/**
 * Rejects with `log_unavailable` where no broker answers (yet), with `log_closed` where a setting is wrong: how TLS is
 * spoken, who asks, where brokers say they are.
 */
export async function openKafkaLog(options: KafkaLogOptions): Promise<KafkaLog> {
  const timing = timingOf(options);
  const log = new KafkaLog(
    { kafka: kafkaClient(options), watching: kafkaClient(options, watchingMs(timing)), timing },
    options,
  );
  try {
    await log.connect();
    return log;
  } catch (error) {
    await log.close();
    throw toStartError(error, { actor: actorOf(options, options.prefix) });
  }
}

const timingOf = ({ sessionTimeoutMs = 30_000, heartbeatMs = 3_000 }: KafkaLogOptions): SessionTiming => ({
  sessionTimeoutMs,
  heartbeatMs,
});

/**
 * A heartbeat or long poll without an answer for a third of the session timeout will not get one: that leaves time to find
 * another coordinator before the group lets the member go. 10 s where nothing else is configured.
 */
const watchingMs = ({ sessionTimeoutMs }: SessionTiming): number => Math.round(sessionTimeoutMs / 3);

interface Clients {
  readonly kafka: Kafka;
  /** For what beats or polls all the time: it gives up earlier on a broker that does not answer. */
  readonly watching: Kafka;
  readonly timing: SessionTiming;
}

/**
 * The log on Kafka. Appends, reads that end, followers and each group have connections of their own, so that none
 * waits behind another's long poll; what is answered soon shares one over all groups (GroupParts).
 */
export class KafkaLog implements Log {
  readonly #watching: Kafka;
  readonly #names: TopicNames;
  readonly #actor: Actor;
  readonly #warn: (message: string) => void;
  readonly #timing: SessionTiming;
  readonly #clock = new KafkaClock();
  readonly #stop = new AbortController();
  readonly #writing: Cluster;
  readonly #reading: Cluster;
  readonly #tailing: Cluster;
  readonly #beating: Cluster;
  readonly #committing: Cluster;
  readonly #topics: TopicKeeper;
  readonly #appender: Appender;
  readonly #reader: Reader;
  readonly #fetcher: Fetcher;
  readonly #shared = new SharedBatches();
  readonly #followers = new Followers();
  readonly #sessions = new Set<GroupSession>();
  #closed: Promise<void> | undefined;

  constructor({ kafka, watching, timing }: Clients, options: KafkaLogOptions) {
    this.#watching = watching;
    this.#names = new TopicNames(options.prefix ?? 'hyperhook.');
    this.#actor = actorOf(options, this.#names.prefix);
    this.#warn = options.warn ?? (() => {});
    this.#timing = timing;
    this.#writing = openCluster(kafka);
    this.#reading = openCluster(kafka);
    this.#tailing = openCluster(watching);
    this.#beating = openCluster(watching);
    this.#committing = openCluster(watching);
    this.#topics = new TopicKeeper(kafka, this.#names, this.#actor, this.#stop.signal);
    this.#appender = new Appender(this.#writing, this.#names, this.#clock, this.#actor);
    this.#reader = new Reader(this.#reading, this.#names, this.#stop.signal, this.#actor);
    this.#fetcher = new Fetcher(this.#tailing, this.#names);
  }

  async connect(): Promise<void> {
    await firstContact(this.#writing, this.#actor);
    await this.#reading.connect();
  }

  async ensureTopics(partitions: number): Promise<void> {
    this.#refuseClosed();
    for (const warning of await this.#topics.ensure(partitions)) this.#warn(warning);
    // A new partition has a leader before that leader knows of it: only when it answers may others rely on it.
    await Promise.all(topics.map(({ name }) => this.#reader.bounds(name, 'end')));
  }

  async append(records: readonly NewRecord[]): Promise<readonly Appended[]> {
    this.#refuseClosed();
    return this.#appender.append(records);
  }

  async join(options: GroupOptions, handlers: GroupHandlers): Promise<Group> {
    this.#refuseClosed();
    const session: GroupSession = new GroupSession(
      {
        open: () => openCluster(this.#watching),
        beating: this.#beating,
        committing: this.#committing,
        names: this.#names,
        timing: this.#timing,
        shared: this.#shared,
      },
      options,
      handlers,
      () => this.#sessions.delete(session),
    );
    this.#sessions.add(session);
    try {
      await patiently(() => this.#start(session, options), this.#stop.signal);
    } catch (error) {
      await session.leave();
      throw error;
    }
    return session.member;
  }

  async follow(
    topic: TopicName,
    partition: number,
    from: number,
    handlers: FollowHandlers,
  ): Promise<Follower> {
    this.#refuseClosed();
    await this.#refuseUnknown(this.#tailing, topic, partition);
    const source = new KafkaPartition(topic, partition, (wanting) => this.#fetcher.want(wanting));
    return this.#followers.follow(source, from, handlers);
  }

  read(topic: TopicName, partition: number, from: number, to?: number): AsyncIterable<readonly LogRecord[]> {
    this.#refuseClosed();
    // The end as seen at the call, not at the first turn of the loop; where it fails, the loop hears of it.
    const end = to === undefined ? this.#endOf(topic, partition) : Promise.resolve(to);
    end.catch(() => {});
    return this.#reader.range(topic, partition, from, end);
  }

  async readOne(topic: TopicName, partition: number, offset: number): Promise<LogRecord | undefined> {
    this.#refuseClosed();
    await this.#refuseUnknown(this.#reading, topic, partition);
    return this.#reader.one(topic, partition, offset);
  }

  async endOffsets(topic: TopicName): Promise<readonly number[]> {
    this.#refuseClosed();
    return this.#reader.bounds(topic, 'end');
  }

  async startOffsets(topic: TopicName): Promise<readonly number[]> {
    this.#refuseClosed();
    return this.#reader.bounds(topic, 'start');
  }

  async #endOf(topic: TopicName, partition: number): Promise<number> {
    const ends = await this.#reader.bounds(topic, 'end');
    return ends[partition] ?? 0;
  }

  now(): number {
    return this.#clock.now();
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    await Promise.all([...this.#sessions].map((session) => session.member.leave()));
    this.#stop.abort();
    const stopped = Promise.all([this.#followers.stop(), this.#fetcher.stop()]);
    const clusters = [this.#writing, this.#reading, this.#tailing, this.#beating, this.#committing];
    await Promise.allSettled(clusters.map((cluster) => cluster.disconnect()));
    await stopped;
  }

  async #start(session: GroupSession, options: GroupOptions): Promise<void> {
    const group = this.#names.group(options.name);
    const topicNames = options.topics.map((topic) => this.#names.of(topic));
    try {
      await refuseForbiddenGroup(this.#reading, group, this.#actor);
      await Promise.all(options.topics.map((topic) => this.#reader.tryToRead(topic)));
      // Without a topic to ask for, kafkajs asks for all that the cluster has, and fails where any of them is not well.
      const [topic] = options.topics;
      if (topic !== undefined)
        for (const cluster of [this.#beating, this.#committing])
          await partitionsOf(cluster, this.#names, topic);
      await session.start();
    } catch (error) {
      const asked = [
        { operation: 'Read', on: 'group', names: [group] },
        { operation: 'Read', on: 'topic', names: topicNames },
      ] as const;
      throw toStartError(error, { actor: this.#actor, asked });
    }
  }

  async #refuseUnknown(cluster: Cluster, topic: TopicName, partition: number): Promise<void> {
    const count = await patiently(() => partitionsOf(cluster, this.#names, topic), this.#stop.signal);
    if (partition < count) return;
    throw new LogError('topic_mismatch', `topic ${this.#names.of(topic)} has no partition ${partition}`);
  }

  #refuseClosed(): void {
    if (this.#closed !== undefined) throw new LogError('log_closed', 'the log was closed');
  }
}
