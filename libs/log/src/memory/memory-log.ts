import type { Fence } from '../core/claim.ts';
import type { Feed } from '../core/feed.ts';
import { Followers } from '../core/followers.ts';
import { readRange } from '../core/read-range.ts';
import { Membership, type MembershipHost } from '../core/membership.ts';
import type { Committed, Group, GroupHandlers, GroupOptions } from '../port/group.ts';
import { LogError } from '../port/log-error.ts';
import type { FollowHandlers, Follower, Log } from '../port/log.ts';
import type { Appended, LogRecord, NewRecord } from '../port/record.ts';
import type { TopicName } from '../topics.ts';
import type { MemoryStore } from './memory-store.ts';

/** The log of one process over a {@link MemoryStore}: for unit tests and model checks. */
export class MemoryLog implements Log, MembershipHost {
  readonly #store: MemoryStore;
  readonly #members = new Set<Membership>();
  readonly #followers = new Followers();
  #closed = false;

  constructor(store: MemoryStore) {
    this.#store = store;
  }

  async ensureTopics(partitions: number): Promise<void> {
    this.#refuseClosed();
    this.#store.ensureTopics(partitions);
  }

  async append(records: readonly NewRecord[]): Promise<readonly Appended[]> {
    this.#refuseClosed();
    return this.#store.append(records);
  }

  async join(options: GroupOptions, handlers: GroupHandlers): Promise<Group> {
    this.#refuseClosed();
    for (const topic of options.topics) this.#store.partitions(topic);
    const member = new Membership(this, options, handlers, this.#store.nextMemberId());
    this.#members.add(member);
    this.#store.group(options.name).join(member);
    this.#store.rebalance(options.name);
    return member;
  }

  async follow(
    topic: TopicName,
    partition: number,
    from: number,
    handlers: FollowHandlers,
  ): Promise<Follower> {
    this.#refuseClosed();
    return this.#followers.follow(this.#store.partition(topic, partition), from, handlers);
  }

  read(topic: TopicName, partition: number, from: number, to?: number): AsyncIterable<readonly LogRecord[]> {
    this.#refuseClosed();
    const source = this.#store.partition(topic, partition);
    // The end as seen at the call, not at the first turn of the loop.
    return readRange(source, from, Math.min(to ?? source.end, source.end));
  }

  async readOne(topic: TopicName, partition: number, offset: number): Promise<LogRecord | undefined> {
    this.#refuseClosed();
    return this.#store.partition(topic, partition).at(offset);
  }

  async endOffsets(topic: TopicName): Promise<readonly number[]> {
    this.#refuseClosed();
    return this.#store.partitions(topic).map((partition) => partition.end);
  }

  async startOffsets(topic: TopicName): Promise<readonly number[]> {
    this.#refuseClosed();
    return this.#store.partitions(topic).map((partition) => partition.start);
  }

  now(): number {
    return this.#store.now();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    await Promise.all([...this.#members].map((member) => member.leave()));
    await this.#followers.stop();
    this.#closed = true;
  }

  /** The process dies: its members and followers fall silent, and others take over. For tests. */
  crash(): void {
    this.#closed = true;
    for (const member of this.#members) this.#store.bury(member);
    void this.#followers.stop();
  }

  source(topic: TopicName, partition: number) {
    return this.#store.partitions(topic)[partition];
  }

  attach(topic: TopicName, partition: number, feed: Feed): void {
    this.#store.partition(topic, partition).feeds.add(feed);
  }

  detach(topic: TopicName, partition: number, feed: Feed): void {
    this.#store.partition(topic, partition).feeds.delete(feed);
  }

  async committed(group: string, topic: TopicName, partition: number): Promise<Committed | undefined> {
    return this.#store.group(group).commits.get(`${topic}/${partition}`);
  }

  async commit(
    group: string,
    topic: TopicName,
    partition: number,
    committed: Committed,
    fence: Fence,
  ): Promise<void> {
    const { commits, members } = this.#store.group(group);
    // As a broker refuses it: from a member that was let go and does not know it yet (R11).
    if (!fence.isHeld || !members.some(({ memberId }) => memberId === fence.memberId)) return;
    commits.set(`${topic}/${partition}`, committed);
  }

  async leave(member: Membership): Promise<void> {
    this.#members.delete(member);
    this.#store.group(member.options.name).remove(member);
    this.#store.rebalance(member.options.name);
  }

  #refuseClosed(): void {
    if (this.#closed) throw new LogError('log_closed', 'the log was closed');
  }
}
