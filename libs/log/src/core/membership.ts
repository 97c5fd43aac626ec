import type { Committed, Group, GroupHandlers, GroupOptions, StartPosition } from '../port/group.ts';
import type { TopicName } from '../topics.ts';
import { Feed, type PartitionSource } from './feed.ts';
import { DEFAULT_SLICE } from './slices.ts';

/** What an adapter without a broker gives to its members. */
export interface MembershipHost {
  /** Undefined: the topic has no such partition. */
  source(topic: TopicName, partition: number): PartitionSource | undefined;
  /** `feed` is woken by appends until it is detached. */
  attach(topic: TopicName, partition: number, feed: Feed): void;
  detach(topic: TopicName, partition: number, feed: Feed): void;
  committed(group: string, topic: TopicName, partition: number): Promise<Committed | undefined>;
  commit(group: string, topic: TopicName, partition: number, committed: Committed): Promise<void>;
  leave(member: Membership): Promise<void>;
}

interface Claimed {
  readonly feeds: Map<TopicName, Feed>;
  /** Set before the feeds exist too: onClaim may pause what it has just read (R6). */
  readonly paused: Set<TopicName>;
  /** Where each topic began: given by onClaim or sought within it, else the commit. */
  readonly starts: Map<TopicName, number>;
}

/**
 * One member of a group: claims partitions, hands over their records, gives them up.
 *
 * 1. Nothing of p is handed over before onClaim(p) resolved, nor after onLose(p) was called.
 * 2. A partition claimed, lost and claimed again starts anew; what the older claim had under way is dropped.
 * 3. Commits of what is not owned are ignored.
 */
export class Membership implements Group {
  readonly options: GroupOptions;
  readonly #host: MembershipHost;
  readonly #handlers: GroupHandlers;
  readonly #claims = new Map<number, Claimed>();
  #memberId: string;
  #fresh = true;
  #dead = false;
  #leaving: Promise<void> | undefined;

  constructor(host: MembershipHost, options: GroupOptions, handlers: GroupHandlers, memberId: string) {
    this.#host = host;
    this.options = options;
    this.#handlers = handlers;
    this.#memberId = memberId;
  }

  get memberId(): string {
    return this.#memberId;
  }

  get isDead(): boolean {
    return this.#dead;
  }

  get owned(): readonly number[] {
    return [...this.#claims.keys()];
  }

  owns(partition: number): boolean {
    return this.#claims.has(partition);
  }

  isFresh(): boolean {
    return this.#fresh && !this.#dead;
  }

  committed(topic: TopicName, partition: number): Promise<Committed | undefined> {
    return this.#host.committed(this.options.name, topic, partition);
  }

  async commit(topic: TopicName, partition: number, offset: number, metadata = ''): Promise<void> {
    if (!this.owns(partition) || this.#dead) return;
    await this.#host.commit(this.options.name, topic, partition, { offset, metadata });
  }

  pause(topic: TopicName, partition: number): void {
    const claimed = this.#claims.get(partition);
    claimed?.paused.add(topic);
    claimed?.feeds.get(topic)?.pause();
  }

  resume(topic: TopicName, partition: number): void {
    const claimed = this.#claims.get(partition);
    claimed?.paused.delete(topic);
    claimed?.feeds.get(topic)?.resume();
  }

  seek(topic: TopicName, partition: number, offset: number): void {
    const claimed = this.#claims.get(partition);
    const feed = claimed?.feeds.get(topic);
    if (feed === undefined) claimed?.starts.set(topic, offset);
    else feed.seek(offset);
  }

  leave(): Promise<void> {
    if (this.#dead) return Promise.resolve();
    return (this.#leaving ??= this.#leave());
  }

  /** The group gave p to this member. */
  async claim(partition: number): Promise<void> {
    const claimed: Claimed = { feeds: new Map(), paused: new Set(), starts: new Map() };
    this.#claims.set(partition, claimed);
    const starts = (await this.#handlers.onClaim(partition)) ?? [];
    for (const topic of this.options.topics) {
      const start = await this.#startOf(topic, partition, starts);
      if (this.#claims.get(partition) !== claimed || this.#dead) return;
      this.#open(topic, partition, claimed, start);
    }
  }

  /** The group gave p to another member, or to nobody; resolves when onLose is through. */
  async lose(partition: number): Promise<void> {
    const claimed = this.#claims.get(partition);
    if (claimed === undefined) return;
    this.#claims.delete(partition);
    this.#close(partition, claimed);
    await this.#handlers.onLose(partition);
  }

  /** Hands over again from the commit on, as a rebalance does to partitions that stay (R11). */
  async refetch(): Promise<void> {
    for (const [partition, claimed] of this.#claims) {
      for (const [topic, feed] of claimed.feeds) {
        const committed = await this.committed(topic, partition);
        feed.seek(Math.max(committed?.offset ?? 0, claimed.starts.get(topic) ?? 0));
      }
    }
  }

  /** The process is gone: nothing is told, nothing more happens. */
  kill(): void {
    this.#dead = true;
    for (const [partition, claimed] of this.#claims) this.#close(partition, claimed);
    this.#claims.clear();
  }

  /** Known to the group by another id from now on; whatever was claimed under the old one is lost (R11). */
  rename(memberId: string): void {
    this.#memberId = memberId;
  }

  setFresh(fresh: boolean): void {
    this.#fresh = fresh;
  }

  fail(error: unknown): void {
    if (this.#dead) return;
    this.kill();
    this.#handlers.onCrash(error instanceof Error ? error : new Error(String(error)));
  }

  async #leave(): Promise<void> {
    // Still a member, and the owner, until each onLose is through: what it drains may be committed (R12).
    for (const claimed of this.#claims.values()) this.#silence(claimed);
    await Promise.all(this.owned.map((partition) => this.#handlers.onLose(partition)));
    this.kill();
    await this.#host.leave(this);
  }

  async #startOf(topic: TopicName, partition: number, starts: readonly StartPosition[]): Promise<number> {
    const given = starts.find((start) => start.topic === topic);
    if (given !== undefined) return given.offset;
    return (await this.committed(topic, partition))?.offset ?? 0;
  }

  #open(topic: TopicName, partition: number, claimed: Claimed, start: number): void {
    const source = this.#host.source(topic, partition);
    if (source === undefined) return;
    const { sliceRecords, sliceBytes } = this.options;
    const caps = {
      records: sliceRecords ?? DEFAULT_SLICE.records,
      bytes: sliceBytes ?? DEFAULT_SLICE.bytes,
    };
    // A seek made within onClaim stands above all.
    const from = claimed.starts.get(topic) ?? start;
    claimed.starts.set(topic, from);
    const feed = new Feed(source, from, caps, {
      onRecords: (records) => this.#handlers.onSlice({ topic, partition, records }),
      onError: (error) => this.fail(error),
    });
    claimed.feeds.set(topic, feed);
    if (claimed.paused.has(topic)) feed.pause();
    this.#host.attach(topic, partition, feed);
    feed.wake();
  }

  #close(partition: number, claimed: Claimed): void {
    for (const [topic, feed] of claimed.feeds) {
      void feed.stop();
      this.#host.detach(topic, partition, feed);
    }
  }

  #silence(claimed: Claimed): void {
    for (const feed of claimed.feeds.values()) void feed.stop();
  }
}
