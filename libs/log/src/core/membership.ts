import type { Committed, Group, GroupHandlers, GroupOptions, StartPosition } from '../port/group.ts';
import type { TopicName } from '../topics.ts';
import { Claim, type Fence } from './claim.ts';
import { Feed, type PartitionSource } from './feed.ts';
import { onceThere } from './once-there.ts';
import { DEFAULT_SLICE } from './slices.ts';

/** What an adapter gives to its members. */
export interface MembershipHost {
  /** Undefined: the topic has no such partition. */
  source(topic: TopicName, partition: number): PartitionSource | undefined;
  /** `feed` is woken by appends until it is detached. */
  attach(topic: TopicName, partition: number, feed: Feed): void;
  detach(topic: TopicName, partition: number, feed: Feed): void;
  committed(group: string, topic: TopicName, partition: number): Promise<Committed | undefined>;
  /** Must do nothing once `fence` is not held any more: adapters that wait look again before they write. */
  commit(
    group: string,
    topic: TopicName,
    partition: number,
    committed: Committed,
    fence: Fence,
  ): Promise<void>;
  /** The member has let go of p: others may have it. */
  released?(partition: number): void;
  leave(member: Membership): Promise<void>;
}

interface LettingGo {
  readonly claim: Claim;
  readonly done: Promise<void>;
}

/**
 * One member of a group: claims partitions, hands over their records, gives them up.
 *
 * 1. Nothing of p is handed over before onClaim(p) resolved, nor after onLose(p) was called.
 * 2. A partition claimed, lost and claimed again starts anew, and only after the older claim's onLose is through; what
 *    that one had under way is dropped.
 * 3. A partition that a live member lets go of is not owned, so that nothing starts, but held until onLose is through:
 *    what it finishes may be placed and committed (R9, R12). Lost by expulsion, it is not held either (R11).
 * 4. A commit belongs to the claim, and the member id, it was asked under; when that is over, it is dropped.
 */
export class Membership implements Group {
  readonly options: GroupOptions;
  readonly #host: MembershipHost;
  readonly #handlers: GroupHandlers;
  readonly #claims = new Map<number, Claim>();
  readonly #lettingGo = new Map<number, LettingGo>();
  #memberId: string;
  #fresh = true;
  #dead = false;
  #isLeaving = false;
  #left: Promise<void> | undefined;

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

  /** It finishes what it has, and takes nothing new. */
  get isLeaving(): boolean {
    return this.#isLeaving;
  }

  /** What the group gave it, and has not taken back. */
  get given(): readonly number[] {
    return [...this.#claims.keys()];
  }

  /** What nobody else may have yet: all given, and what it is letting go of. */
  get inHand(): readonly number[] {
    const lettingGo = [...this.#lettingGo].filter(([, { claim }]) => claim.isHeld);
    return [...new Set([...this.given, ...lettingGo.map(([partition]) => partition)])];
  }

  owns(partition: number): boolean {
    return this.#claims.get(partition)?.isOwned ?? false;
  }

  holds(partition: number): boolean {
    return this.#heldClaim(partition) !== undefined;
  }

  isFresh(): boolean {
    return this.#fresh && !this.#dead;
  }

  position(topic: TopicName, partition: number): number | undefined {
    return this.#ownedClaim(partition)?.feeds.get(topic)?.position;
  }

  committed(topic: TopicName, partition: number): Promise<Committed | undefined> {
    return this.#host.committed(this.options.name, topic, partition);
  }

  async commit(topic: TopicName, partition: number, offset: number, metadata = ''): Promise<void> {
    const claim = this.#heldClaim(partition);
    if (claim === undefined) return;
    await this.#host.commit(this.options.name, topic, partition, { offset, metadata }, claim);
  }

  pause(topic: TopicName, partition: number): void {
    const claim = this.#ownedClaim(partition);
    claim?.paused.add(topic);
    claim?.feeds.get(topic)?.pause();
  }

  resume(topic: TopicName, partition: number): void {
    const claim = this.#ownedClaim(partition);
    claim?.paused.delete(topic);
    claim?.feeds.get(topic)?.resume();
  }

  seek(topic: TopicName, partition: number, offset: number): void {
    const claim = this.#ownedClaim(partition);
    const feed = claim?.feeds.get(topic);
    if (feed === undefined) claim?.starts.set(topic, offset);
    else feed.seek(offset);
  }

  leave(): Promise<void> {
    if (this.#dead) return this.#left ?? Promise.resolve();
    this.#isLeaving = true;
    return (this.#left ??= this.#leave());
  }

  /** The group gave p to this member. */
  async claim(partition: number): Promise<void> {
    if (this.#dead || this.#isLeaving) return;
    const claim = new Claim(this.#memberId);
    this.#claims.set(partition, claim);
    const before = this.#lettingGo.get(partition);
    if (before !== undefined) {
      await before.done;
      if (this.#claims.get(partition) !== claim) return;
    }
    claim.own();
    const starts = (await this.#handlers.onClaim(partition)) ?? [];
    for (const topic of this.options.topics) {
      const start = await this.#startOf(topic, partition, starts, claim);
      if (start === undefined || !claim.isOwned) return;
      this.#open(topic, partition, claim, start);
    }
  }

  /** The group wants p back; resolves when onLose is through. */
  lose(partition: number): Promise<void> {
    return this.#lose(partition, 'live');
  }

  /** The group let the member go: others may own all it had, now. Resolves when every onLose is through. */
  async expelled(): Promise<void> {
    for (const { claim } of this.#lettingGo.values()) claim.end();
    await Promise.all(this.given.map((partition) => this.#lose(partition, 'expelled')));
  }

  /** Hands over again from the commit on, as a rebalance does to partitions that stay (R11). */
  async refetch(): Promise<void> {
    for (const [partition, claim] of this.#claims) {
      for (const [topic, feed] of claim.feeds) {
        const committed = await this.committed(topic, partition);
        feed.seek(Math.max(committed?.offset ?? 0, claim.starts.get(topic) ?? 0));
      }
    }
  }

  /** The process is gone: nothing is told, nothing more happens. */
  kill(): void {
    this.#dead = true;
    for (const [partition, claim] of this.#claims) {
      claim.end();
      this.#close(partition, claim);
    }
    for (const { claim } of this.#lettingGo.values()) claim.end();
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

  #heldClaim(partition: number): Claim | undefined {
    // What is being let go of comes before a new claim of the same partition, which waits for it.
    const lettingGo = this.#lettingGo.get(partition)?.claim;
    if (lettingGo !== undefined) return lettingGo.isHeld ? lettingGo : undefined;
    return this.#ownedClaim(partition);
  }

  #ownedClaim(partition: number): Claim | undefined {
    const claim = this.#claims.get(partition);
    return claim?.isOwned === true ? claim : undefined;
  }

  async #lose(partition: number, how: 'live' | 'expelled'): Promise<void> {
    const claim = this.#claims.get(partition);
    // Asked for a second time, by whoever leaves or is asked for it: it is through when the first is.
    if (claim === undefined) return this.#lettingGo.get(partition)?.done;
    this.#claims.delete(partition);
    const wasTold = claim.isOwned;
    if (how === 'live' && wasTold) claim.letGo();
    else claim.end();
    // Nothing was told of a claim that still waits for the one before.
    if (!wasTold) return this.#lettingGo.get(partition)?.done;
    this.#close(partition, claim);
    let resolve = () => {};
    const done = new Promise<void>((through) => (resolve = through));
    // Known before the handler runs: it may commit in its first turn.
    this.#lettingGo.set(partition, { claim, done });
    try {
      await this.#handlers.onLose(partition);
    } finally {
      const wasHeld = claim.isHeld;
      claim.end();
      this.#lettingGo.delete(partition);
      resolve();
      if (wasHeld) this.#host.released?.(partition);
    }
  }

  async #leave(): Promise<void> {
    // Still a member until each onLose is through, those of earlier losses too: what is drained may be committed (R12).
    const earlier = [...this.#lettingGo.values()].map(({ done }) => done);
    await Promise.all([...this.given.map((partition) => this.lose(partition)), ...earlier]);
    this.kill();
    await this.#host.leave(this);
  }

  /** Undefined: the claim was over before the log could say. */
  async #startOf(
    topic: TopicName,
    partition: number,
    starts: readonly StartPosition[],
    claim: Claim,
  ): Promise<number | undefined> {
    const given = starts.find((start) => start.topic === topic);
    if (given !== undefined) return given.offset;
    return onceThere(
      async () => (await this.committed(topic, partition))?.offset ?? 0,
      () => claim.isOwned,
    );
  }

  #open(topic: TopicName, partition: number, claim: Claim, start: number): void {
    const source = this.#host.source(topic, partition);
    if (source === undefined) return;
    const { sliceRecords, sliceBytes } = this.options;
    const caps = {
      records: sliceRecords ?? DEFAULT_SLICE.records,
      bytes: sliceBytes ?? DEFAULT_SLICE.bytes,
    };
    // A seek made within onClaim stands above all.
    const from = claim.starts.get(topic) ?? start;
    claim.starts.set(topic, from);
    const feed = new Feed(source, from, caps, {
      onRecords: (records) => this.#handlers.onSlice({ topic, partition, records }),
      onError: (error) => this.fail(error),
    });
    claim.feeds.set(topic, feed);
    if (claim.paused.has(topic)) feed.pause();
    this.#host.attach(topic, partition, feed);
    feed.wake();
  }

  #close(partition: number, claim: Claim): void {
    for (const [topic, feed] of claim.feeds) {
      void feed.stop();
      this.#host.detach(topic, partition, feed);
    }
  }
}
