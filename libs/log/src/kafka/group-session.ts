import type { Cluster } from 'kafkajs';
import type { Feed } from '../core/feed.ts';
import { topicPartition, type TopicPartition } from '../core/pausing.ts';
import type { Committed, GroupHandlers, GroupOptions } from '../port/group.ts';
import { LogError } from '../port/log-error.ts';
import type { TopicName } from '../topics.ts';
import { assign } from './assignment.ts';
import { asCoordinator, partitionsOf, type Coordinator, type JoinAnswer } from './cluster.ts';
import { Fetcher } from './fetcher.ts';
import { PROTOCOL, readAssignment, readMember, writeAssignment, writeMember } from './group-words.ts';
import { Gate } from './gate.ts';
import { KafkaMember, type KafkaMemberHost } from './kafka-member.ts';
import { KafkaPartition } from './kafka-partition.ts';
import { backoff, patiently } from './patience.ts';
import { toLogError, typeOf } from './to-log-error.ts';
import type { TopicNames } from './topic-names.ts';

export interface SessionTiming {
  readonly sessionTimeoutMs: number;
  readonly heartbeatMs: number;
}

/** R9: nobody else can own what is ours before the session timeout; that much earlier we stop. */
const FRESH_MARGIN_MS = 5_000;
/** How long the group waits for members to join again before it lets them go. */
const REBALANCE_TIMEOUT_MS = 60_000;

const COMMIT_WAITS_MS = 5_000;
const LEAVE_WAITS_MS = 3_000;

/** Refusals that joining again mends; the member keeps its id, and what it owns (R11). */
const rejoin = new Set(['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION']);
/** The group let the member go: everything it owned may be somebody else's by now. */
const expelled = new Set(['UNKNOWN_MEMBER_ID', 'FENCED_INSTANCE_ID']);

/**
 * One member's life in a consumer group: join, heartbeats, what it is given and what is taken from it, commits.
 *
 * 1. What it owned it owns until it was told otherwise, also while the group is sharing out anew; positions and
 *    windows of what it keeps are not touched (R11).
 * 2. A partition passes from one live member to another only after the first one's onLose is through: it is announced
 *    as owned until then (R7, R12; see {@link assign}).
 * 3. Let go by the group, it loses everything at once and comes back under another id (R11).
 * 4. A commit carries the generation in which the partition is owned: the broker refuses one that comes late.
 * 5. The heartbeat's age is that of its request, not of its answer (R9).
 */
export class GroupSession implements KafkaMemberHost {
  readonly member: KafkaMember;
  readonly #cluster: Cluster;
  readonly #fetcher: Fetcher;
  readonly #names: TopicNames;
  readonly #options: GroupOptions;
  readonly #timing: SessionTiming;
  readonly #groupId: string;
  readonly #counts = new Map<TopicName, number>();
  readonly #sources = new Map<TopicPartition, KafkaPartition>();
  readonly #stop = new AbortController();
  readonly #letting = new Map<number, Promise<void>>();
  readonly #onEnd: () => void;
  #coordinator: Coordinator | undefined;
  #generation = -1;
  /** Monotonic ms of the last request whose answer said that this member lives. */
  #answered = -Infinity;
  /** Closed while the group shares out anew. */
  readonly #settled = new Gate();
  #isRejoining = false;
  #nudge: AbortController | undefined;
  #running: Promise<void> | undefined;

  constructor(
    parts: { readonly cluster: Cluster; readonly names: TopicNames; readonly timing: SessionTiming },
    options: GroupOptions,
    handlers: GroupHandlers,
    onEnd: () => void,
  ) {
    this.#cluster = parts.cluster;
    this.#names = parts.names;
    this.#timing = parts.timing;
    this.#options = options;
    this.#onEnd = onEnd;
    this.#groupId = parts.names.group(options.name);
    this.#fetcher = new Fetcher(parts.cluster, parts.names);
    this.member = new KafkaMember(this, options, handlers);
  }

  /** Finds topics and coordinator; the member joins in the background. */
  async start(): Promise<void> {
    for (const topic of this.#options.topics) {
      this.#counts.set(topic, await partitionsOf(this.#cluster, this.#names, topic));
    }
    await this.#findCoordinator();
    this.#running = this.#live();
  }

  isFresh(): boolean {
    const age = performance.now() - this.#answered;
    return age < this.#timing.sessionTimeoutMs - FRESH_MARGIN_MS;
  }

  failed(): void {
    if (this.#stop.signal.aborted) return;
    this.#end();
    void this.#disconnect();
  }

  source(topic: TopicName, partition: number): KafkaPartition | undefined {
    if (partition >= (this.#counts.get(topic) ?? 0)) return undefined;
    const source = new KafkaPartition(topic, partition, (wanting) => this.#fetcher.want(wanting));
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

  async committed(_: string, topic: TopicName, partition: number): Promise<Committed | undefined> {
    return patiently(async () => {
      const coordinator = await this.#findCoordinator();
      const name = this.#names.of(topic);
      // The types ask for an offset, which the request does not have.
      const asked = [{ topic: name, partitions: [{ partition, offset: '' }] }];
      const { responses } = await this.#told(
        coordinator.offsetFetch({ groupId: this.#groupId, topics: asked }),
      );
      const found = responses[0]?.partitions[0] as { offset: string; metadata?: string | null } | undefined;
      if (found === undefined || Number(found.offset) < 0) return undefined;
      return { offset: Number(found.offset), metadata: found.metadata ?? '' };
    }, this.#stop.signal);
  }

  async commit(_: string, topic: TopicName, partition: number, committed: Committed): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      await this.#whenSettled();
      if (!this.member.owns(partition)) return;
      try {
        return await this.#commit(topic, partition, committed);
      } catch (error) {
        const type = typeOf(error) ?? '';
        // Normal at a rebalance: once more when it is over, if p is still ours (invariant 4).
        if (tries > 0 || !(rejoin.has(type) || expelled.has(type))) throw toLogError(error);
        this.#askToRejoin();
      }
    }
  }

  /** What the member drained is committed; the group shares out the rest at once instead of at the session timeout. */
  async leave(): Promise<void> {
    const memberId = this.member.memberId;
    this.#end();
    const given = new AbortController();
    // In this order: a join answered after the leave would be a member that nobody runs. Bounded: the log may be away.
    await Promise.race([
      this.#running?.then(() => this.#sayLeave(memberId)),
      wait(LEAVE_WAITS_MS, given.signal),
    ]);
    given.abort();
    await this.#disconnect();
  }

  async #sayLeave(memberId: string): Promise<void> {
    const coordinator = this.#coordinator;
    if (memberId === '' || coordinator?.isConnected() !== true) return;
    // The session timeout does the same, later.
    await coordinator.leaveGroup({ groupId: this.#groupId, memberId }).catch(toLogError);
  }

  #end(): void {
    this.#stop.abort();
    this.#nudge?.abort();
    this.#settled.open();
  }

  async #disconnect(): Promise<void> {
    const stopped = this.#fetcher.stop();
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
        const type = typeOf(error) ?? '';
        if (rejoin.has(type)) continue;
        if (expelled.has(type)) {
          this.#loseAll();
          continue;
        }
        const refused = toLogError(error);
        if (!refused.retryable) return this.#crash(refused);
        this.#coordinator = undefined;
        await backoff(failures, this.#stop.signal);
        failures += 1;
      }
    }
  }

  async #join(): Promise<void> {
    if (!this.#stop.signal.aborted) this.#settled.close();
    const coordinator = await this.#findCoordinator();
    const groupId = this.#groupId;
    // What is let go of from here on is not in this announcement: it asks for another join.
    this.#isRejoining = false;
    const answer = await coordinator.joinGroup({
      groupId,
      sessionTimeout: this.#timing.sessionTimeoutMs,
      rebalanceTimeout: REBALANCE_TIMEOUT_MS,
      memberId: this.member.memberId,
      groupProtocols: [{ name: PROTOCOL, metadata: this.#announcement() }],
    });
    const { generationId, memberId } = answer;
    this.member.rename(memberId);
    const asked = performance.now();
    const { memberAssignment } = await coordinator.syncGroup({
      groupId,
      generationId,
      memberId,
      groupAssignment: answer.leaderId === memberId ? this.#share(answer) : [],
    });
    this.#generation = generationId;
    this.#answered = asked;
    if (!this.#stop.signal.aborted) this.#take(readAssignment(memberAssignment));
    this.#settled.open();
  }

  #announcement(): Buffer {
    const topics = this.#options.topics.map((topic) => this.#names.of(topic));
    const owned = [...new Set([...this.member.owned, ...this.#letting.keys()])];
    return writeMember(topics, { owned, generation: this.#generation });
  }

  #share(answer: JoinAnswer) {
    const shares = assign(answer.members.map(readMember), Math.max(...this.#counts.values()));
    return [...shares].map(([memberId, partitions]) => ({
      memberId,
      memberAssignment: writeAssignment(this.#names, this.#counts, partitions),
    }));
  }

  /** Invariant 1: only what differs from before is told. */
  #take(assigned: ReadonlySet<number>): void {
    // It keeps what it has until it is drained, and takes nothing new.
    if (this.member.isLeaving) return;
    for (const partition of this.member.owned) if (!assigned.has(partition)) this.#lose(partition);
    for (const partition of assigned) {
      if (!this.member.owns(partition))
        this.member.claim(partition).catch((error: unknown) => this.#crash(error));
    }
  }

  /** Invariant 2: once it is drained, joining again tells the others that it is free. */
  #lose(partition: number): void {
    const memberId = this.member.memberId;
    const lost = this.member.lose(partition).catch((error: unknown) => this.#crash(error));
    this.#letting.set(partition, lost);
    void lost.then(() => {
      if (this.#letting.get(partition) !== lost) return;
      this.#letting.delete(partition);
      if (this.member.memberId === memberId) this.#askToRejoin();
    });
  }

  /** Invariant 3. What is drained now belongs to nobody here: under the new id it is not announced. */
  #loseAll(): void {
    this.#answered = -Infinity;
    this.#generation = -1;
    this.#letting.clear();
    this.member.rename('');
    if (this.member.isLeaving) return;
    for (const partition of this.member.owned) {
      this.member.lose(partition).catch((error: unknown) => this.#crash(error));
    }
  }

  /** Until it is time to join again. */
  async #beat(): Promise<void> {
    for (;;) {
      this.#nudge = new AbortController();
      if (!this.#isRejoining) await wait(this.#timing.heartbeatMs, this.#nudge.signal);
      if (this.#stop.signal.aborted || this.#isRejoining) return;
      const coordinator = await this.#findCoordinator();
      const asked = performance.now();
      await coordinator.heartbeat({
        groupId: this.#groupId,
        groupGenerationId: this.#generation,
        memberId: this.member.memberId,
      });
      this.#answered = asked;
    }
  }

  #askToRejoin(): void {
    this.#isRejoining = true;
    if (!this.#stop.signal.aborted) this.#settled.close();
    this.#nudge?.abort();
  }

  /** Bounded: a member that leaves while the log is away must not wait for it. */
  async #whenSettled(): Promise<void> {
    const given = new AbortController();
    await Promise.race([this.#settled.passed(), wait(COMMIT_WAITS_MS, given.signal)]);
    given.abort();
  }

  async #commit(topic: TopicName, partition: number, { offset, metadata }: Committed): Promise<void> {
    const coordinator = await this.#findCoordinator();
    const one = { partition, offset: String(offset), metadata };
    await this.#told(
      coordinator.offsetCommit({
        groupId: this.#groupId,
        groupGenerationId: this.#generation,
        memberId: this.member.memberId,
        topics: [{ topic: this.#names.of(topic), partitions: [one] }],
      }),
    );
  }

  async #findCoordinator(): Promise<Coordinator> {
    if (this.#stop.signal.aborted && this.#coordinator === undefined)
      throw new LogError('log_closed', 'left');
    await this.#cluster.connect();
    this.#coordinator ??= asCoordinator(await this.#cluster.findGroupCoordinator({ groupId: this.#groupId }));
    if (!this.#coordinator.isConnected()) await this.#coordinator.connect();
    return this.#coordinator;
  }

  /** A coordinator that moved, or died, is looked for again by the next one who needs it. */
  async #told<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (!rejoin.has(typeOf(error) ?? '')) this.#coordinator = undefined;
      throw error;
    }
  }

  #crash(error: unknown): void {
    // Whatever fails after the end, fails because of it.
    if (!this.#stop.signal.aborted) this.member.fail(error);
  }
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
