import type { Outcome } from '#domain';
import {
  type DoneSet,
  encodeQuarantined,
  tierOf,
  Window,
  type Appended,
  type Batcher,
  type Encoded,
  type Group,
  type Log,
  type LogRecord,
  type TopicName,
  type WindowBudget,
  type WindowCaps,
} from '#log';
import type { DispatcherSignals } from '../dispatcher-signals.ts';
import { ForeignOutcomes } from './foreign-outcomes.ts';
import { learnOutcome } from './learn-outcome.ts';
import { RecordInHand } from './record-in-hand.ts';
import { Standing } from './standing.ts';

export type DeskState = 'taking-over' | 'open' | 'closing';

export interface DeskWorld {
  /** Undefined while joining. */
  readonly group: () => Pick<Group, 'owns' | 'holds' | 'isFresh' | 'position'> | undefined;
  readonly log: Pick<Log, 'read'>;
  readonly batcher: Batcher;
  readonly doneSet: DoneSet;
  readonly caps: WindowCaps;
  /** Of the windows that take from `events` and `deliveries`; those of tiers are the clocks' to bound. */
  readonly windowBudget: WindowBudget;
  readonly signals: DispatcherSignals;
  /** Epoch ms by the log's clock. */
  readonly now: () => number;
  /** A window has more room, or a watermark has moved. */
  readonly onChange: () => void;
  /** An owner before told of it only after the take-over; the first of its attempt. */
  readonly onLate: (outcome: Outcome) => void;
}

/**
 * Everything about one owned partition number, over all topics (DESIGN §3: who owns p owns everything about p).
 *
 * 1. A record is in a window from hand-over until all that it led to is durable; the commit never passes it (P2, R10).
 * 2. Nothing is sent unless the desk is open, the partition owned and the heartbeat fresh; nothing is placed unless the
 *    partition is held, which it is while a live member drains it, and the heartbeat fresh (R9, R12). Outcomes are facts:
 *    written whoever owns p by then.
 * 3. A record that is abandoned stays in its window: the next owner, or the next life, takes it up again.
 */
export class Desk {
  readonly partition: number;
  readonly windows = new Map<TopicName, Window>();
  #state: DeskState = 'taking-over';
  readonly #standing: Standing;
  /** Knows `outcomes` p to its end: what was read, and what was appended since. */
  readonly #outcomes: ForeignOutcomes;
  /** Where reading `outcomes` p began, and when p was claimed (epoch ms). */
  #outcomesFrom = 0;
  readonly #claimedAt: number;
  readonly #inHand = new Set<RecordInHand>();
  readonly #world: DeskWorld;
  readonly #committed = new Map<TopicName, number>();
  readonly #drainWaiters: (() => void)[] = [];
  #busy = 0;
  #reportedAbandon = false;

  constructor(partition: number, topics: readonly TopicName[], world: DeskWorld) {
    this.partition = partition;
    this.#world = world;
    this.#claimedAt = world.now();
    this.#standing = new Standing(partition, world.group);
    this.#outcomes = new ForeignOutcomes({
      read: (from, to) => world.log.read('outcomes', partition, from, to),
      learn: (record) => {
        const late = learnOutcome(this, record);
        if (late !== undefined) world.onLate(late);
      },
      mayFinish: () => this.#standing.mayFinish(),
    });
    for (const topic of topics) {
      const budget = tierOf(topic) === undefined ? world.windowBudget : undefined;
      this.windows.set(topic, new Window(world.caps, 0, budget));
    }
  }

  /** Outcomes of attempts on their way into the log: what a crash now would have made again, the request answered or not. */
  unsettled = 0;

  get state(): DeskState {
    return this.#state;
  }

  open(): void {
    if (this.#state === 'taking-over') this.#state = 'open';
  }

  close(): void {
    this.#state = 'closing';
  }

  /** Once all is drained and committed. */
  dispose(): void {
    for (const window of this.windows.values()) window.close();
  }

  get inHand(): number {
    return this.#inHand.size;
  }

  /** Those being worked on, in no order. */
  *recordsInHand(): Generator<LogRecord> {
    for (const { record } of this.#inHand) yield record;
  }

  now(): number {
    return this.#world.now();
  }

  /** R9. */
  mayAct(): boolean {
    return this.#state === 'open' && this.#standing.mayStart();
  }

  /** True once a late heartbeat is answered; false: nothing of p starts here any more. */
  async whenMayAct(): Promise<boolean> {
    const isHeld = await this.#standing.mayFinish();
    return isHeld && this.mayAct();
  }

  /** False: seen before (fetched a second time after a seek or rebalance). */
  accept(record: LogRecord): boolean {
    return this.windows.get(record.topic)?.take(record) ?? false;
  }

  /** The record is being worked on from now on. */
  pickUp(record: LogRecord): RecordInHand {
    // An owner before may have had it in hand too: its outcomes can stand anywhere in what was read at the take-over.
    const outcomesFrom = record.appendedAt <= this.#claimedAt ? this.#outcomesFrom : this.#outcomes.end;
    const hand = new RecordInHand(record, outcomesFrom, (done) => {
      this.#inHand.delete(done);
      this.finish(done.record);
    });
    this.#inHand.add(hand);
    return hand;
  }

  /** Was it handed over, to this owner or one before? */
  hasMet(topic: TopicName, offset: number): boolean {
    const position = this.#world.group()?.position(topic, this.partition);
    return position !== undefined && offset < position;
  }

  inHandAt(topic: TopicName, offset: number): RecordInHand | undefined {
    for (const hand of this.#inHand)
      if (hand.record.offset === offset && hand.record.topic === topic) return hand;
    return undefined;
  }

  finish(record: LogRecord): void {
    this.windows.get(record.topic)?.done(record.offset);
    this.#world.onChange();
  }

  /**
   * A fact, whoever owns p by now. Durable when it resolves, and all that stands before it in `outcomes` p is known; rejects
   * only when this desk will never write again, or p is another's and what stands before is unknown.
   */
  async appendOutcome(encoded: Encoded): Promise<void> {
    this.#outcomes.appending();
    const { offset } = await this.#append('outcomes', encoded);
    const known = this.#outcomes.appended(offset);
    if (known !== undefined) await known;
  }

  /**
   * Something to be done later: R9, by whoever holds p with a fresh heartbeat. One that is late is waited for. Rejects once
   * p is another's, who places it from the outcome, or makes the attempt from the record that stays undone (R8).
   */
  async place(topic: TopicName, encoded: Encoded): Promise<void> {
    if (!(await this.#standing.mayFinish())) throw new Error('the partition was lost before the placement');
    await this.#append(topic, encoded);
  }

  #append(topic: TopicName, encoded: Encoded): Promise<Appended> {
    return this.#world.batcher.append({ topic, partition: this.partition, ...encoded });
  }

  /** P9: with the reason, so that somebody can mend it; the partition moves on. */
  quarantine(hand: RecordInHand, reason: string): void {
    const { topic, partition, offset } = hand.record;
    this.#world.signals.quarantined(topic, partition, offset, reason);
    const encoded = encodeQuarantined({ topic, partition, offset, reason, at: this.now() });
    this.releaseAfter(hand, this.#world.batcher.append({ topic: 'quarantine', partition: 0, ...encoded }));
  }

  /** R21: what this build does not know yet waits a minute, unchanged, for one that does. */
  postponeUnknown(hand: RecordInHand, what: string): void {
    const { key, headers, value, offset, topic } = hand.record;
    this.#world.signals.alert('unknown_to_this_build', { what, topic, partition: this.partition, offset });
    // An event is known by its offset in `events` (R4), and must be so wherever it waited.
    const kept = topic === 'events' ? { ...headers, 'event-offset': String(offset) } : headers;
    this.releaseAfter(hand, this.place('retry.1m', { key, headers: kept, value }));
  }

  /** One holder of the record lets go once `durable` resolves; the desk is not drained before (R12). */
  releaseAfter(hand: RecordInHand, durable: Promise<unknown>): void {
    this.begin();
    void durable
      .then(
        () => hand.release(),
        (error: unknown) => this.abandon(hand, error),
      )
      .finally(() => this.end());
  }

  /** The record stays undone, for the next owner or the next life. */
  abandon(hand: RecordInHand, error: unknown): void {
    this.#inHand.delete(hand);
    if (this.#state === 'closing' || this.#reportedAbandon) return;
    this.#reportedAbandon = true;
    this.#world.signals.alert('record_abandoned', {
      partition: this.partition,
      topic: hand.record.topic,
      offset: hand.record.offset,
      error: error instanceof Error ? error.message : String(error),
    });
  }

  get doneSet(): DoneSet {
    return this.#world.doneSet;
  }

  get signals(): DispatcherSignals {
    return this.#world.signals;
  }

  /** Something is under way whose end is a fact: an attempt, or appends. */
  begin(): void {
    this.#busy += 1;
  }

  end(): void {
    this.#busy -= 1;
    if (this.#busy === 0) for (const wake of this.#drainWaiters.splice(0)) wake();
  }

  /** R12: resolves when nothing is under way; facts are true, so they are written even for a partition being lost. */
  drained(): Promise<void> {
    if (this.#busy === 0) return Promise.resolve();
    return new Promise((resolve) => this.#drainWaiters.push(resolve));
  }

  /** A low watermark; nothing is sent where it has not moved. */
  async commit(group: Pick<Group, 'commit'>, topic: TopicName, offset: number): Promise<void> {
    if (this.#committed.get(topic) === offset || offset === 0) return;
    await group.commit(topic, this.partition, offset);
    this.#committed.set(topic, offset);
  }

  readOutcomesFrom(offset: number): void {
    this.#outcomesFrom = offset;
  }

  readOutcomesTo(offset: number): void {
    this.#outcomes.readTo(offset);
  }

  /** See {@link ForeignOutcomes.quiet}. */
  get outcomesQuiet(): number | undefined {
    return this.#state === 'open' ? this.#outcomes.quiet : undefined;
  }

  readOutcomesOnTo(end: number, quiet: number): void {
    if (this.#state === 'open') this.#outcomes.readOnTo(end, quiet);
  }

  get outcomesEnd(): number {
    return this.#outcomes.end;
  }

  /** The earliest position in `outcomes` that somebody taking over now would have to read from (R6). */
  outcomesNeeded(): number {
    let needed = this.#outcomes.end;
    for (const hand of this.#inHand) needed = Math.min(needed, hand.outcomesFrom);
    return needed;
  }
}
