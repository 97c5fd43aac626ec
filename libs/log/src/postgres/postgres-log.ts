import { randomUUID } from 'node:crypto';
import pg, { type Client, type Pool, type PoolConfig } from 'pg';
import type { Feed } from '../core/feed.ts';
import { Followers } from '../core/followers.ts';
import { Membership, type MembershipHost } from '../core/membership.ts';
import { readRange } from '../core/read-range.ts';
import type { Committed, Group, GroupHandlers, GroupOptions } from '../port/group.ts';
import { LogError } from '../port/log-error.ts';
import type { FollowHandlers, Follower, Log } from '../port/log.ts';
import type { Appended, LogRecord, NewRecord } from '../port/record.ts';
import type { TopicName } from '../topics.ts';
import { AppendQueue } from './append-queue.ts';
import { Commits } from './commits.ts';
import { Partitions } from './partitions.ts';
import { RecordReader } from './record-reader.ts';
import { Retention } from './retention.ts';
import { ddl, lock, schemaNameOf } from './schema.ts';
import { SerialConnection, type Statements } from './serial-connection.ts';
import { steadyClock } from './steady-clock.ts';
import { toLogError } from './to-log-error.ts';

export interface PostgresLogOptions {
  /** Where PostgreSQL is: a connection string, or host, port… */
  readonly connection: PoolConfig;
  /** Of the schema's name, `<prefix>log`; `hyperhook_` where nothing is given. One log per prefix and database. */
  readonly prefix?: string;
  /** Ownership is gone (told once): the process must end, another one may own the log by now. */
  readonly onLost: (error: LogError) => void;
}

const SWEEP_EVERY_MS = 60_000;
const READERS = 4;

/**
 * Opens the log for this process alone (R25). Rejects with `log_owned_elsewhere` while another process has it,
 * `log_unavailable` where the database cannot be reached.
 */
export async function openPostgresLog(options: PostgresLogOptions): Promise<PostgresLog> {
  const schema = schemaNameOf(options.prefix ?? 'hyperhook_');
  const owner = new pg.Client({ ...options.connection, keepAlive: true });
  // Without a listener a broken connection would end the process before onLost can say why.
  owner.on('error', () => {});
  const pool = new pg.Pool({ ...options.connection, max: READERS });
  pool.on('error', () => {});
  try {
    await owner.connect();
    if (!(await lock(owner, schema))) {
      throw new LogError('log_owned_elsewhere', `another process holds the log ${schema}; stop it first`);
    }
    await owner.query('SET synchronous_commit = on');
    await owner.query(ddl(schema));
    const statements = new SerialConnection(owner);
    const partitions = new Partitions(statements, schema, new RecordReader(pool, schema));
    const now = steadyClock(await partitions.load());
    return new PostgresLog({ owner, statements, pool, schema, partitions, now, onLost: options.onLost });
  } catch (error) {
    await Promise.allSettled([owner.end(), pool.end()]);
    throw toLogError(error);
  }
}

interface Parts {
  /** Statements go through `statements`; the connection itself is only watched and ended. */
  readonly owner: Client;
  readonly statements: Statements;
  readonly pool: Pool;
  readonly schema: string;
  readonly partitions: Partitions;
  readonly now: () => number;
  readonly onLost: (error: LogError) => void;
}

/** The log of `standalone`: one process, PostgreSQL below it. See {@link openPostgresLog}. */
export class PostgresLog implements Log, MembershipHost {
  readonly #owner: Client;
  readonly #pool: Pool;
  readonly #partitions: Partitions;
  readonly #appends: AppendQueue;
  readonly #commits: Commits;
  readonly #retention: Retention;
  readonly #now: () => number;
  readonly #followers = new Followers();
  readonly #members = new Map<string, Membership>();
  readonly #sweeper: NodeJS.Timeout;
  #sweeping: Promise<unknown> = Promise.resolve();
  #ended: LogError | undefined;

  constructor(parts: Parts) {
    this.#owner = parts.owner;
    this.#pool = parts.pool;
    this.#partitions = parts.partitions;
    this.#now = parts.now;
    this.#appends = new AppendQueue(parts.statements, parts.schema, parts.partitions, parts.now);
    this.#commits = new Commits(parts.statements, parts.schema);
    this.#retention = new Retention(parts.pool, parts.schema);
    // A sweep that fails is tried again by the next one; nothing depends on it but disk.
    this.#sweeper = setInterval(() => void this.sweep().catch(() => 0), SWEEP_EVERY_MS);
    const lost = () => this.#lose(parts.onLost);
    parts.owner.on('error', lost);
    parts.owner.on('end', lost);
  }

  async ensureTopics(partitions: number): Promise<void> {
    this.#refuseEnded();
    await this.#partitions.ensure(partitions).catch((error: unknown) => {
      throw toLogError(error);
    });
  }

  async append(records: readonly NewRecord[]): Promise<readonly Appended[]> {
    return this.#appends.append(records);
  }

  /** The one member of a group gets all partitions. */
  async join(options: GroupOptions, handlers: GroupHandlers): Promise<Group> {
    this.#refuseEnded();
    if (this.#members.has(options.name)) {
      throw new LogError('log_owned_elsewhere', `group ${options.name} has its one member already`);
    }
    const count = Math.max(...options.topics.map((topic) => this.#partitions.of(topic).length));
    const member = new Membership(this, options, handlers, randomUUID());
    this.#members.set(options.name, member);
    setImmediate(() => {
      for (let partition = 0; partition < count; partition += 1) {
        if (!member.isDead) member.claim(partition).catch((error: unknown) => member.fail(error));
      }
    });
    return member;
  }

  async follow(
    topic: TopicName,
    partition: number,
    from: number,
    handlers: FollowHandlers,
  ): Promise<Follower> {
    this.#refuseEnded();
    return this.#followers.follow(this.#partitions.one(topic, partition), from, handlers);
  }

  read(topic: TopicName, partition: number, from: number, to?: number): AsyncIterable<readonly LogRecord[]> {
    this.#refuseEnded();
    const source = this.#partitions.one(topic, partition);
    return readRange(source, from, Math.min(to ?? source.end, source.end));
  }

  async readOne(topic: TopicName, partition: number, offset: number): Promise<LogRecord | undefined> {
    this.#refuseEnded();
    return this.#partitions.one(topic, partition).at(offset);
  }

  async endOffsets(topic: TopicName): Promise<readonly number[]> {
    this.#refuseEnded();
    return this.#partitions.of(topic).map((partition) => partition.end);
  }

  async startOffsets(topic: TopicName): Promise<readonly number[]> {
    this.#refuseEnded();
    return this.#partitions.of(topic).map((partition) => partition.start);
  }

  now(): number {
    return this.#now();
  }

  /** Deletes what topics no longer keep; runs every minute by itself. Gives the number of records deleted. */
  sweep(now = this.#now()): Promise<number> {
    const swept = this.#sweeping.then(() => this.#retention.sweep(this.#partitions.all(), now));
    this.#sweeping = swept.catch(() => 0);
    return swept;
  }

  async close(): Promise<void> {
    if (this.#ended !== undefined) return;
    await Promise.all([...this.#members.values()].map((member) => member.leave()));
    await this.#end(new LogError('log_closed', 'the log was closed'));
  }

  source(topic: TopicName, partition: number) {
    return this.#partitions.of(topic)[partition];
  }

  attach(topic: TopicName, partition: number, feed: Feed): void {
    this.#partitions.one(topic, partition).feeds.add(feed);
  }

  detach(topic: TopicName, partition: number, feed: Feed): void {
    this.#partitions.one(topic, partition).feeds.delete(feed);
  }

  async committed(group: string, topic: TopicName, partition: number): Promise<Committed | undefined> {
    const found = this.source(topic, partition);
    return found === undefined ? undefined : this.#commits.read(group, found);
  }

  async commit(group: string, topic: TopicName, partition: number, committed: Committed): Promise<void> {
    await this.#commits.write(group, this.#partitions.one(topic, partition), committed);
  }

  async leave(member: Membership): Promise<void> {
    this.#members.delete(member.options.name);
  }

  #lose(onLost: (error: LogError) => void): void {
    if (this.#ended !== undefined) return;
    const error = new LogError('log_closed', "the connection that holds the log's lock was lost");
    for (const member of this.#members.values()) member.kill();
    void this.#end(error);
    onLost(error);
  }

  async #end(reason: LogError): Promise<void> {
    this.#ended = reason;
    clearInterval(this.#sweeper);
    await this.#followers.stop();
    await this.#appends.close(reason);
    await this.#sweeping;
    await Promise.allSettled([this.#owner.end(), this.#pool.end()]);
  }

  #refuseEnded(): void {
    if (this.#ended !== undefined) throw this.#ended;
  }
}
