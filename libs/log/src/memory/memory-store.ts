import { MAX_RECORD_BYTES, refuseTooLarge } from '../core/slices.ts';
import type { Membership } from '../core/membership.ts';
import { LogError } from '../port/log-error.ts';
import type { Appended, NewRecord } from '../port/record.ts';
import { topics, type TopicName } from '../topics.ts';
import { MemoryGroup } from './memory-group.ts';
import { MemoryPartition } from './memory-partition.ts';

export interface MemoryStoreOptions {
  /** Epoch ms; stands for the broker's clock. */
  readonly now?: () => number;
  readonly maxRecordBytes?: number;
}

/** How the next append goes wrong. `written`: the records are there all the same, only the answer was lost. */
export interface AppendFailure {
  readonly error: Error;
  readonly written?: boolean;
}

/**
 * The truth behind any number of {@link MemoryLog}s, each standing for one process: what survives when they crash. Its
 * other methods are knobs for tests.
 */
export class MemoryStore {
  readonly now: () => number;
  readonly #maxRecordBytes: number;
  readonly #topics = new Map<TopicName, MemoryPartition[]>();
  readonly #groups = new Map<string, MemoryGroup>();
  readonly #failures: AppendFailure[] = [];
  #stalled: Promise<void> | undefined;
  #memberCount = 0;

  constructor(options: MemoryStoreOptions = {}) {
    this.now = options.now ?? Date.now;
    this.#maxRecordBytes = options.maxRecordBytes ?? MAX_RECORD_BYTES;
  }

  /** The next append that is not yet failing fails; several calls fail several. */
  failNextAppend(
    failure: AppendFailure = {
      error: new LogError('log_unavailable', 'the log is away (asked for by a test)'),
    },
  ): void {
    this.#failures.push(failure);
  }

  /** Appends wait until the returned function is called. */
  stall(): () => void {
    let release = () => {};
    this.#stalled = new Promise((resolve) => {
      release = () => {
        this.#stalled = undefined;
        resolve();
      };
    });
    return () => release();
  }

  /** The member's process dies: nothing is told to it, others take over. */
  crash(memberId: string): void {
    this.#ofMember(memberId, (_, member) => this.bury(member));
  }

  /** The group lets a dead member go; one that it had let go before just dies. */
  bury(member: Membership): void {
    member.kill();
    this.group(member.options.name).remove(member);
    this.rebalance(member.options.name);
  }

  /** The group lets the member go, which loses all and joins again under a new id (R11). */
  expel(memberId: string): void {
    this.dismiss(memberId)();
  }

  /**
   * The group lets the member go, and others own what it had, before it knows: its heartbeats are answered no more (R9).
   * The returned function tells it; it loses all, and joins again under a new id.
   */
  dismiss(memberId: string): () => void {
    let tell = () => {};
    this.#ofMember(memberId, (group, member) => {
      group.remove(member);
      member.setFresh(false);
      this.rebalance(member.options.name);
      tell = () => {
        if (member.isDead) return;
        member.expelled().catch((error) => member.fail(error));
        member.setFresh(true);
        if (member.isLeaving) return;
        member.rename(this.nextMemberId());
        group.join(member);
        this.rebalance(member.options.name);
      };
    });
    return () => tell();
  }

  /** What {@link Group.isFresh} says: false, as if the last heartbeat's answer were old (R9). */
  setFresh(memberId: string, fresh: boolean): void {
    this.#ofMember(memberId, (_, member) => member.setFresh(fresh));
  }

  /** Retention: records below `before` are gone. */
  truncate(topic: TopicName, partition: number, before: number): void {
    this.partition(topic, partition).truncate(before);
  }

  ensureTopics(partitions: number): void {
    for (const spec of topics) {
      const count = spec.partitions === 'one' ? 1 : partitions;
      const there = this.#topics.get(spec.name);
      if (there !== undefined && there.length !== count) {
        throw new LogError(
          'topic_mismatch',
          `topic ${spec.name} has ${there.length} partitions, ${count} were asked for`,
        );
      }
      if (there === undefined) {
        this.#topics.set(
          spec.name,
          Array.from({ length: count }, () => new MemoryPartition()),
        );
      }
    }
  }

  async append(records: readonly NewRecord[]): Promise<readonly Appended[]> {
    for (const record of records) {
      this.partition(record.topic, record.partition);
      refuseTooLarge(record, this.#maxRecordBytes);
    }
    await this.#stalled;
    const failure = this.#failures.shift();
    if (failure !== undefined && failure.written !== true) throw failure.error;
    const now = this.now();
    const touched = new Set<MemoryPartition>();
    const answers = records.map((record) => {
      const partition = this.partition(record.topic, record.partition);
      touched.add(partition);
      return partition.append(record, now);
    });
    for (const partition of touched) partition.wake();
    if (failure !== undefined) throw failure.error;
    return answers.map(({ offset, appendedAt }) => ({ offset, appendedAt }));
  }

  partitions(topic: TopicName): readonly MemoryPartition[] {
    const partitions = this.#topics.get(topic);
    if (partitions === undefined) {
      throw new LogError('topic_mismatch', `topic ${topic} does not exist; call ensureTopics first`);
    }
    return partitions;
  }

  partition(topic: TopicName, partition: number): MemoryPartition {
    const found = this.partitions(topic)[partition];
    if (found === undefined)
      throw new LogError('topic_mismatch', `topic ${topic} has no partition ${partition}`);
    return found;
  }

  group(name: string): MemoryGroup {
    let group = this.#groups.get(name);
    if (group === undefined) this.#groups.set(name, (group = new MemoryGroup()));
    return group;
  }

  rebalance(name: string): void {
    const group = this.group(name);
    const counts = group.members.flatMap((member) =>
      member.options.topics.map((topic) => this.partitions(topic).length),
    );
    group.rebalance(Math.max(0, ...counts));
  }

  nextMemberId(): string {
    this.#memberCount += 1;
    return `member-${this.#memberCount}`;
  }

  #ofMember(memberId: string, then: (group: MemoryGroup, member: Membership) => void): void {
    for (const group of this.#groups.values()) {
      const member = group.members.find((one) => one.memberId === memberId);
      if (member !== undefined) return then(group, member);
    }
    throw new Error(`no member ${memberId}`);
  }
}
