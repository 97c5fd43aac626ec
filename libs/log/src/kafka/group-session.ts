import type { Cluster } from 'kafkajs';
import type { Fence } from '../core/claim.ts';
import type { Feed } from '../core/feed.ts';
import { topicPartition, type TopicPartition } from '../core/pausing.ts';
import type { Committed, GroupHandlers, GroupOptions } from '../port/group.ts';
import type { TopicName } from '../topics.ts';
import { CoordinatorLink } from './coordinator-link.ts';
import { Gate } from './gate.ts';
import { GroupDoor } from './group-door.ts';
import { GroupFetching } from './group-fetching.ts';
import { GroupOffsets } from './group-offsets.ts';
import { refusalOf } from './group-refusals.ts';
import { KafkaMember, type KafkaMemberHost } from './kafka-member.ts';
import { KafkaPartition } from './kafka-partition.ts';
import { backoff } from './patience.ts';
import { Pulse, type Known } from './pulse.ts';
import { toLogError } from './to-log-error.ts';
import type { TopicNames } from './topic-names.ts';
import { wait, waitFor } from './wait-for.ts';
import type { SharedBatches } from './wire/shared-batches.ts';

export interface SessionTiming {
  readonly sessionTimeoutMs: number;
  readonly heartbeatMs: number;
}

export interface GroupParts {
  /** Makes a cluster of connections of its own. */
  readonly open: () => Cluster;
  /** Shared by all sessions: for heartbeats and leaves, which are answered at once. */
  readonly beating: Cluster;
  /** And for offsets: a coordinator that waits for its followers takes seconds over a commit. */
  readonly committing: Cluster;
  readonly names: TopicNames;
  readonly timing: SessionTiming;
  readonly shared: SharedBatches;
}

/** Of the session timeout: twice as long has a live member to join, and those beside it to go on meanwhile (Pulse, 2). */
const REBALANCE_SESSIONS = 2;
/** For the answer to a leave, and the end of a join under way. */
const LEAVE_WAITS_MS = 3_000;
const LEAVE_TRIES = 3;

/**
 * One member's life in a consumer group: joins, heartbeats, what it is given and what is taken from it.
 *
 * 1. What it owned it owns until it was told otherwise, also while the group is sharing out anew; positions and
 *    windows of what it keeps are not touched (R11).
 * 2. A partition passes from one live member to another only after the first one's onLose is through: it is announced
 *    as owned until then (R12; see {@link assign}). So it goes one by one from a member that leaves, which takes nothing
 *    new and beats on until the last is drained.
 * 3. Let go by the group, it loses everything at once and comes back under another id (R11).
 * 4. A join blocks its connection until all members have come. Heartbeats, commits and the leave go over others: what it
 *    owns it works on meanwhile, however long others take (Pulse).
 */
export class GroupSession implements KafkaMemberHost {
  readonly member: KafkaMember;
  readonly #cluster: Cluster;
  readonly #fetching: GroupFetching;
  readonly #timing: SessionTiming;
  readonly #groupId: string;
  /** For joins alone. */
  readonly #joining: CoordinatorLink;
  readonly #beating: CoordinatorLink;
  readonly #pulse: Pulse;
  readonly #door: GroupDoor;
  readonly #offsets: GroupOffsets;
  readonly #sources = new Map<TopicPartition, KafkaPartition>();
  readonly #stop = new AbortController();
  /** Nothing more is asked of anybody. */
  readonly #over = new AbortController();
  readonly #onEnd: () => void;
  #generation = -1;
  /** Closed while the group shares out anew. */
  readonly #settled = new Gate();
  #isRejoining = false;
  #nudge: AbortController | undefined;
  #running: Promise<void> | undefined;

  constructor(parts: GroupParts, options: GroupOptions, handlers: GroupHandlers, onEnd: () => void) {
    const { open, names, timing, shared } = parts;
    const cluster = open();
    const { signal } = this.#stop;
    const groupId = names.group(options.name);
    const joining = new CoordinatorLink(cluster, groupId, signal);
    const beating = new CoordinatorLink(parts.beating, groupId, this.#over.signal);
    const committing = new CoordinatorLink(parts.committing, groupId, signal);
    const { sessionTimeoutMs } = timing;
    const rebalanceTimeoutMs = REBALANCE_SESSIONS * sessionTimeoutMs;
    this.#cluster = cluster;
    this.#timing = timing;
    this.#groupId = groupId;
    this.#onEnd = onEnd;
    this.#joining = joining;
    this.#beating = beating;
    this.#pulse = new Pulse(beating, groupId, { ...timing, rebalanceTimeoutMs });
    this.#fetching = new GroupFetching(cluster, open, { names, shared }, options);
    const { topics } = options;
    this.#door = new GroupDoor({
      link: joining,
      groupId,
      names,
      topics,
      sessionTimeoutMs,
      rebalanceTimeoutMs,
    });
    this.#offsets = new GroupOffsets({
      link: committing,
      groupId,
      names,
      signal,
      settled: this.#settled,
      generation: () => this.#generation,
      onRefused: () => this.#askToRejoin(),
    });
    this.member = new KafkaMember(this, options, handlers);
  }

  /** Finds topics and coordinator; the member joins in the background. */
  async start(): Promise<void> {
    await this.#door.count(this.#cluster);
    await this.#fetching.start();
    await this.#joining.find();
    await this.#beating.find();
    this.#running = this.#live();
  }

  isFresh(): boolean {
    return this.#pulse.isFresh();
  }

  failed(): void {
    if (this.#stop.signal.aborted) return;
    this.#end();
    this.#over.abort();
    void this.#disconnect();
  }

  source(topic: TopicName, partition: number): KafkaPartition | undefined {
    if (partition >= this.#door.partitionsOf(topic)) return undefined;
    const source = new KafkaPartition(topic, partition, (wanting) => this.#fetching.want(wanting));
    this.#sources.set(topicPartition(topic, partition), source);
    return source;
  }

  attach(topic: TopicName, partition: number, feed: Feed): void {
    this.#sources.get(topicPartition(topic, partition))?.feeds.add(feed);
  }

  /** What the source still holds is dropped with its feed. */
  detach(topic: TopicName, partition: number, feed: Feed): void {
    this.#sources.get(topicPartition(topic, partition))?.feeds.delete(feed);
  }

  committed(_: string, topic: TopicName, partition: number): Promise<Committed | undefined> {
    return this.#offsets.committed(topic, partition);
  }

  commit(_: string, topic: TopicName, partition: number, committed: Committed, fence: Fence): Promise<void> {
    return this.#offsets.commit(topic, partition, committed, fence);
  }

  /** Invariant 2: joining again tells the others that it is free. Leaving, which comes next, says it of the last one. */
  released(): void {
    const isLast = this.member.isLeaving && this.member.inHand.length === 0;
    if (!isLast) this.#askToRejoin();
  }

  /** What the member drained is committed; the group shares out the rest at once instead of at the session timeout. */
  async leave(): Promise<void> {
    this.#end();
    // Where it has a name, a join under way is refused by it. Where not, its join must be through first, or its answer would
    // be a member that nobody runs. Bounded: the log may be away, and then the session timeout does the same, later.
    const hasName = this.member.memberId !== '';
    const said = hasName ? this.#sayLeave() : this.#running?.then(() => this.#sayLeave());
    await waitFor(Promise.all([said, this.#running]), this.#timing.heartbeatMs + LEAVE_WAITS_MS);
    this.#over.abort();
    // kafkajs waits for what is under way before it lets go of a connection.
    this.#joining.cut();
    await this.#disconnect();
  }

  async #sayLeave(): Promise<void> {
    const { memberId } = this.member;
    for (let tries = 0; memberId !== '' && tries < LEAVE_TRIES && !this.#over.signal.aborted; tries += 1) {
      try {
        await this.#beating.ask((coordinator) =>
          coordinator.leaveGroup({ groupId: this.#groupId, memberId }),
        );
        return;
      } catch (error) {
        if (refusalOf(error) !== undefined) return;
        await backoff(tries, this.#over.signal);
      }
    }
  }

  #end(): void {
    this.#stop.abort();
    this.#nudge?.abort();
    this.#settled.open();
  }

  async #disconnect(): Promise<void> {
    const stopped = this.#fetching.stop();
    await this.#cluster.disconnect().catch(toLogError);
    await stopped;
    this.#onEnd();
  }

  async #live(): Promise<void> {
    for (let failures = 0; !this.#stop.signal.aborted;) {
      try {
        await this.#join();
        failures = 0;
        await this.#beat();
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        const refusal = refusalOf(error);
        if (refusal === 'rejoin') continue;
        if (refusal === 'expelled') {
          this.#expelled();
          if (this.member.isLeaving) return;
          continue;
        }
        const refused = toLogError(error);
        if (!refused.retryable) return this.#crash(refused);
        await backoff(failures, this.#stop.signal);
        failures += 1;
      }
    }
  }

  async #join(): Promise<void> {
    if (!this.#stop.signal.aborted) this.#settled.close();
    // What is let go of from here on is not in this announcement: it asks for another join.
    this.#isRejoining = false;
    const { inHand, isLeaving } = this.member;
    const before = this.#known;
    const entering = this.#door.enter({ ...before, owned: inHand, isLeaving });
    const answer = await this.#pulse.whileJoining(entering, before, this.#joining);
    this.member.rename(answer.memberId);
    this.#generation = answer.generationId;
    // What comes next is to say that it leaves.
    if (this.#stop.signal.aborted) return;
    const asked = performance.now();
    const given = await this.#pulse.whileSharedOut(this.#door.given(answer), this.#known);
    this.#pulse.joined(asked);
    if (!this.#stop.signal.aborted) this.#take(given);
    this.#settled.open();
  }

  get #known(): Known {
    return { memberId: this.member.memberId, generation: this.#generation };
  }

  /** Invariant 1: only what differs from before is told. */
  #take(given: ReadonlySet<number>): void {
    // It keeps what it has until it is drained, and takes nothing new.
    if (this.member.isLeaving) return;
    for (const partition of this.member.given) {
      if (!given.has(partition)) this.member.lose(partition).catch((error: unknown) => this.#crash(error));
    }
    for (const partition of given) {
      if (!this.member.given.includes(partition))
        this.member.claim(partition).catch((error: unknown) => this.#crash(error));
    }
  }

  /** Invariant 3. What is drained now belongs to nobody here: under the new id it is not announced. */
  #expelled(): void {
    this.#pulse.lost();
    this.#generation = -1;
    this.member.expelled().catch((error: unknown) => this.#crash(error));
    this.member.rename('');
  }

  /** Until it is time to join again. An answer that did not come says nothing of the group: the next one may. */
  async #beat(): Promise<void> {
    for (let failures = 0; ;) {
      this.#nudge = new AbortController();
      if (this.#stop.signal.aborted || this.#isRejoining) return;
      await wait(this.#timing.heartbeatMs, this.#nudge.signal);
      if (this.#stop.signal.aborted || this.#isRejoining) return;
      try {
        if (!(await this.#pulse.beat(this.#known))) return;
        failures = 0;
      } catch (error) {
        if (refusalOf(error) !== undefined || !toLogError(error).retryable) throw error;
        await backoff(failures, this.#nudge.signal);
        failures += 1;
      }
      for (const source of this.#sources.values()) source.rest();
    }
  }

  #askToRejoin(): void {
    this.#isRejoining = true;
    if (!this.#stop.signal.aborted) this.#settled.close();
    this.#nudge?.abort();
  }

  #crash(error: unknown): void {
    // Whatever fails after the end, fails because of it.
    if (!this.#stop.signal.aborted) this.member.fail(error);
  }
}
