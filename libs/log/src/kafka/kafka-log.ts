import kafkajs, {
  type Cluster,
  type ISocketFactory,
  type Kafka,
  type KafkaConfig,
  type SASLOptions,
} from 'kafkajs';
import { Followers } from '../core/followers.ts';
import type { Group, GroupHandlers, GroupOptions } from '../port/group.ts';
import { LogError } from '../port/log-error.ts';
import type { FollowHandlers, Follower, Log } from '../port/log.ts';
import type { Appended, LogRecord, NewRecord } from '../port/record.ts';
import { topics, type TopicName } from '../topics.ts';
import { Appender } from './appender.ts';
import { openCluster, partitionsOf } from './cluster.ts';
import { Fetcher } from './fetcher.ts';
import { GroupSession, type SessionTiming } from './group-session.ts';
import { KafkaClock } from './kafka-clock.ts';
import { KafkaPartition } from './kafka-partition.ts';
import { patiently } from './patience.ts';
import { muteTimeoutNegativeWarning } from './quiet-warning.ts';
import { Reader } from './reader.ts';
import { toLogError } from './to-log-error.ts';
import { TopicKeeper } from './topic-keeper.ts';
import { TopicNames } from './topic-names.ts';
import { connectPlainly, wholeAnswers } from './whole-answers.ts';

export interface KafkaLogOptions {
  /** host:port of some brokers of the cluster; the others are found. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** Of topics and groups; `hyperhook.` where nothing is given. One installation per prefix and cluster. */
  readonly prefix?: string;
  readonly ssl?: KafkaConfig['ssl'];
  readonly sasl?: Extract<SASLOptions, { mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512' }>;
  /** How long the group waits for a heartbeat before others take over (R9). */
  readonly sessionTimeoutMs?: number;
  readonly heartbeatMs?: number;
  /** How connections are made, where neither plain TCP nor TLS will do. */
  readonly socketFactory?: ISocketFactory;
}

/** Of one try; what has to outlast a broker's failure is tried again above. */
const RETRY = { initialRetryTime: 100, maxRetryTime: 1_000, retries: 3 };
const CONNECT_MS = 5_000;
const REQUEST_MS = 20_000;

/** Rejects with `log_unavailable` where no broker answers, `log_closed` where they refuse the credentials. */
export async function openKafkaLog(options: KafkaLogOptions): Promise<KafkaLog> {
  muteTimeoutNegativeWarning();
  const { brokers, clientId, ssl, sasl, socketFactory } = options;
  const kafka = new kafkajs.Kafka({
    brokers: [...brokers],
    clientId,
    ...(ssl === undefined ? {} : { ssl }),
    ...(sasl === undefined ? {} : { sasl }),
    socketFactory: wholeAnswers(socketFactory ?? connectPlainly),
    retry: RETRY,
    connectionTimeout: CONNECT_MS,
    requestTimeout: REQUEST_MS,
    // Every error reaches its caller as a LogError.
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const log = new KafkaLog(kafka, options);
  try {
    await log.connect();
    return log;
  } catch (error) {
    await log.close();
    throw toLogError(error);
  }
}

/**
 * The log on Kafka. Appends, reads that end, followers and each group have connections of their own, so that none
 * waits behind another's long poll.
 */
export class KafkaLog implements Log {
  readonly #kafka: Kafka;
  readonly #names: TopicNames;
  readonly #timing: SessionTiming;
  readonly #clock = new KafkaClock();
  readonly #stop = new AbortController();
  readonly #writing: Cluster;
  readonly #reading: Cluster;
  readonly #tailing: Cluster;
  readonly #topics: TopicKeeper;
  readonly #appender: Appender;
  readonly #reader: Reader;
  readonly #fetcher: Fetcher;
  readonly #followers = new Followers();
  readonly #sessions = new Set<GroupSession>();
  #closed: Promise<void> | undefined;

  constructor(kafka: Kafka, options: KafkaLogOptions) {
    this.#kafka = kafka;
    this.#names = new TopicNames(options.prefix ?? 'hyperhook.');
    this.#timing = {
      sessionTimeoutMs: options.sessionTimeoutMs ?? 30_000,
      heartbeatMs: options.heartbeatMs ?? 3_000,
    };
    this.#writing = openCluster(kafka);
    this.#reading = openCluster(kafka);
    this.#tailing = openCluster(kafka);
    this.#topics = new TopicKeeper(kafka, this.#names, options.brokers, this.#stop.signal);
    this.#appender = new Appender(this.#writing, this.#names, this.#clock);
    this.#reader = new Reader(this.#reading, this.#names, this.#stop.signal);
    this.#fetcher = new Fetcher(this.#tailing, this.#names);
  }

  async connect(): Promise<void> {
    await Promise.all([this.#writing.connect(), this.#reading.connect()]);
  }

  async ensureTopics(partitions: number): Promise<void> {
    this.#refuseClosed();
    await this.#topics.ensure(partitions);
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
      { cluster: openCluster(this.#kafka), names: this.#names, timing: this.#timing },
      options,
      handlers,
      () => this.#sessions.delete(session),
    );
    this.#sessions.add(session);
    try {
      await patiently(() => session.start(), this.#stop.signal);
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
    const end = this.#reader.bounds(topic, 'end');
    end.catch(() => {});
    return this.#reader.range(topic, partition, from, end, to);
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
    const clusters = [this.#writing, this.#reading, this.#tailing];
    await Promise.allSettled(clusters.map((cluster) => cluster.disconnect()));
    await stopped;
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
