import {
  type DoneSet,
  encodeQuarantined,
  Window,
  type Appended,
  type Batcher,
  type Encoded,
  type Group,
  type LogRecord,
  type TopicName,
  type WindowCaps,
} from '#log';
import type { DispatcherSignals } from '../dispatcher-signals.ts';
import { RecordInHand } from './record-in-hand.ts';

export type DeskState = 'taking-over' | 'open' | 'closing';

export interface DeskWorld {
  /** Undefined while joining. */
  readonly group: () => Pick<Group, 'owns' | 'isFresh'> | undefined;
  readonly batcher: Batcher;
  readonly doneSet: DoneSet;
  readonly caps: WindowCaps;
  readonly signals: DispatcherSignals;
  /** Epoch ms by the log's clock. */
  readonly now: () => number;
  /** A window has more room, or a watermark has moved. */
  readonly onChange: () => void;
}

/**
 * Everything about one owned partition number, over all topics (DESIGN §3: who owns p owns everything about p).
 *
 * 1. A record is in a window from hand-over until all that it led to is durable; the commit never passes it (P2, R10).
 * 2. Nothing is sent or placed unless the desk is open, the partition owned and the heartbeat fresh (R9).
 * 3. A record that is abandoned stays in its window: the next owner, or the next life, takes it up again.
 */
export class Desk {
  readonly partition: number;
  readonly windows = new Map<TopicName, Window>();
  #state: DeskState = 'taking-over';
  /** End of `outcomes` p as far as this desk knows: what it read and what it appended. */
  #outcomesEnd = 0;
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
    for (const topic of topics) this.windows.set(topic, new Window(world.caps, 0));
  }

  /** Outcomes on their way into the log: what a crash now would have made again, the request answered or not. */
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

  get inHand(): number {
    return this.#inHand.size;
  }

  now(): number {
    return this.#world.now();
  }

  /** R9. */
  mayAct(): boolean {
    const group = this.#world.group();
    return this.#state === 'open' && group !== undefined && group.owns(this.partition) && group.isFresh();
  }

  /** False: seen before (fetched a second time after a seek or rebalance). */
  accept(record: LogRecord): boolean {
    return this.windows.get(record.topic)?.take(record) ?? false;
  }

  /** The record is being worked on from now on. */
  pickUp(record: LogRecord): RecordInHand {
    // An owner before may have had it in hand too: its outcomes can stand anywhere in what was read at the take-over.
    const outcomesFrom = record.appendedAt <= this.#claimedAt ? this.#outcomesFrom : this.#outcomesEnd;
    const hand = new RecordInHand(record, outcomesFrom, (done) => {
      this.#inHand.delete(done);
      this.finish(done.record);
    });
    this.#inHand.add(hand);
    return hand;
  }

  finish(record: LogRecord): void {
    this.windows.get(record.topic)?.done(record.offset);
    this.#world.onChange();
  }

  /** Durable when it resolves; rejects only when this desk will never write again. */
  async append(topic: TopicName, encoded: Encoded): Promise<Appended> {
    const appended = await this.#world.batcher.append({ topic, partition: this.partition, ...encoded });
    if (topic === 'outcomes') this.#outcomesEnd = Math.max(this.#outcomesEnd, appended.offset + 1);
    return appended;
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
    this.releaseAfter(hand, this.append('retry.1m', { key, headers: kept, value }));
  }

  /** One holder of the record lets go once `durable` resolves; the desk is not drained before (R12). */
  releaseAfter(hand: RecordInHand, durable: Promise<unknown>): void {
    this.begin();
    void durable
      .then(
        () => hand.release(),
        (error: unknown) => this.#abandon(hand, error),
      )
      .finally(() => this.end());
  }

  #abandon(hand: RecordInHand, error: unknown): void {
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
    this.#outcomesEnd = Math.max(this.#outcomesEnd, offset);
  }

  get outcomesEnd(): number {
    return this.#outcomesEnd;
  }

  /** The earliest position in `outcomes` that somebody taking over now would have to read from (R6). */
  outcomesNeeded(): number {
    let needed = this.#outcomesEnd;
    for (const hand of this.#inHand) needed = Math.min(needed, hand.outcomesFrom);
    return needed;
  }
}
