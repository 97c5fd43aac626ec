import {
  Alarm,
  DoneSet,
  onceThere,
  reconcilePauses,
  retryTopics,
  topicPartition,
  type Batcher,
  type Group,
  type Log,
  type LogRecord,
  type RecentBudget,
  type Slice,
  type TopicName,
  type TopicPartition,
  type WaitingBudget,
  type WindowBudget,
  type WindowCaps,
} from '#log';
import type { DispatcherSignals } from './dispatcher-signals.ts';
import { Desk } from './desk/desk.ts';
import type { Intake } from './desk/intake.ts';
import { TakeOver } from './desk/take-over.ts';
import { Tiers } from './desk/tiers.ts';
import type { Lanes } from './lanes/lanes.ts';
import { OutcomesPosition } from './desk/outcomes-position.ts';

/** Topics that the group reads together; partition p of each belongs to one member. */
export const dispatcherTopics: readonly TopicName[] = ['events', 'deliveries', ...retryTopics, 'outcomes'];
const workTopics = dispatcherTopics.filter((topic) => topic !== 'outcomes');

const COMMIT_EVERY_MS = 1_000;
/**
 * Answers that the log has not taken yet, per partition, before more attempts start: finishing comes before starting, or
 * a crash of a busy process repeats what was answered long ago (P4). A batch of this size costs the log milliseconds.
 */
const UNSETTLED_AT_ONCE = 64;
/** Woken records in hand, over all partitions: what all tiers wake at once must not all be in memory (R16). */
const WOKEN_IN_PROCESS = 2_048;
/** R14: a log that does not answer must not have attempts pile up whose outcomes it cannot take. */
const OLDEST_APPEND_MS = 1_000;

export interface DispatcherWorld {
  readonly log: Log;
  readonly batcher: Batcher;
  readonly lanes: Lanes;
  readonly intake: Intake;
  readonly signals: DispatcherSignals;
  readonly caps: WindowCaps;
  readonly timeScale: number;
  readonly budgets: {
    readonly deliveries: RecentBudget;
    readonly events: RecentBudget;
    readonly waiting: WaitingBudget;
    readonly windows: WindowBudget;
  };
  readonly onCrash: (error: Error) => void;
}

interface Owned {
  readonly desk: Desk;
  readonly takeOver: TakeOver;
  readonly tiers: Tiers;
  readonly outcomes: OutcomesPosition;
  readonly doneSet: DoneSet;
}

/**
 * The group member: claims partitions, hands records on, commits behind them.
 *
 * 1. A record goes through the window of its topic before anything else sees it (P2).
 * 2. Nothing of p starts before p's `outcomes` were read (R6); what comes meanwhile is parked, in order.
 * 3. Which topic-partitions are paused is computed from the windows and clocks, never remembered (desired state).
 * 4. Commits trail: each is a low watermark at the time of the call, so a repeated one is harmless; one that comes late is
 *    dropped with the claim it belongs to (R11).
 * 5. What is lost is drained and committed before anybody is given it, this process under a new id too: the port's promise
 *    (R12).
 */
export class Dispatcher {
  readonly #world: DispatcherWorld;
  readonly #owned = new Map<number, Owned>();
  readonly #paused = new Set<TopicPartition>();
  readonly #alarm: Alarm;
  #group: Group | undefined;
  #commitTimer: NodeJS.Timeout | undefined;
  #reconcileQueued = false;
  #committing = false;

  constructor(world: DispatcherWorld) {
    this.#world = world;
    this.#alarm = new Alarm(
      () => world.log.now(),
      () => this.#wakeDue(),
    );
  }

  async start(): Promise<void> {
    const group = await this.#world.log.join(
      // What waits in a tier waits for a second at least.
      { name: 'dispatcher', topics: dispatcherTopics, eager: ['events', 'deliveries'] },
      {
        onClaim: (partition) => this.#claim(partition),
        onSlice: (slice) => this.#take(slice),
        onLose: (partition) => this.#let(partition),
        onCrash: this.#world.onCrash,
      },
    );
    this.#group = group;
    for (const owned of this.#owned.values()) await this.#findBounds(owned, group);
    this.#world.lanes.start();
    this.#commitTimer = setInterval(() => void this.#commitAll(), COMMIT_EVERY_MS);
  }

  /** Starts nothing new, lets what is in flight end, commits, leaves (R12). */
  async stop(): Promise<void> {
    clearInterval(this.#commitTimer);
    this.#world.lanes.stop();
    await this.#group?.leave();
    this.#alarm.stop();
  }

  get partitions(): readonly number[] {
    return [...this.#owned.keys()];
  }

  /** True once every owned partition may send. */
  get isReady(): boolean {
    for (const { desk } of this.#owned.values()) if (desk.state === 'taking-over') return false;
    return this.#group !== undefined;
  }

  get inHand(): number {
    let sum = 0;
    for (const { desk } of this.#owned.values()) sum += desk.inHand;
    return sum;
  }

  /** R9, R14: may an attempt of this partition start now? What was lost may too: it finds out, and does nothing. */
  mayStart(partition: number): boolean {
    const desk = this.#owned.get(partition)?.desk;
    if (desk === undefined || desk.state === 'closing') return true;
    if (!desk.mayAct() || desk.unsettled >= UNSETTLED_AT_ONCE) return false;
    return this.#world.batcher.oldestWaitMs(partition) < OLDEST_APPEND_MS;
  }

  /** Is a window of the partition over half full, so that records wait behind those in hand (R17)? */
  isCrowded(partition: number): boolean {
    const windows = this.#owned.get(partition)?.desk.windows;
    return (
      windows?.get('events')?.isOverHalfFull === true || windows?.get('deliveries')?.isOverHalfFull === true
    );
  }

  async #claim(partition: number): Promise<void> {
    const { batcher, budgets, caps, lanes, log, signals, timeScale } = this.#world;
    const doneSet = new DoneSet(budgets);
    const desk: Desk = new Desk(partition, workTopics, {
      group: () => this.#group,
      log,
      batcher,
      doneSet,
      caps,
      windowBudget: budgets.windows,
      signals,
      now: () => log.now(),
      onChange: () => this.#queueReconcile(),
    });
    const tiers = new Tiers(desk, timeScale, budgets.waiting, () => this.#woken < WOKEN_IN_PROCESS);
    const takeOver = new TakeOver(desk, (parked) => {
      for (const record of parked) this.#dispatch(owned, record);
      this.#queueReconcile();
      lanes.pump();
    });
    const owned: Owned = { desk, takeOver, tiers, doneSet, outcomes: new OutcomesPosition(desk) };
    this.#owned.set(partition, owned);
    this.#queueReconcile();
    if (this.#group !== undefined) await this.#findBounds(owned, this.#group);
  }

  async #findBounds(owned: Owned, group: Group): Promise<void> {
    const { partition } = owned.desk;
    await onceThere(
      () => this.#readBounds(owned, group),
      () => this.#owned.get(partition) === owned,
      ({ message }) => this.#world.signals.alert('take_over_waits', { partition, error: message }),
    );
  }

  async #readBounds({ desk, takeOver, outcomes }: Owned, group: Group): Promise<void> {
    const { log } = this.#world;
    const { partition } = desk;
    const committed = await group.committed('outcomes', partition);
    const [starts, ends] = await Promise.all([log.startOffsets('outcomes'), log.endOffsets('outcomes')]);
    const from = Math.max(committed?.offset ?? 0, starts[partition] ?? 0);
    outcomes.startAt(from);
    takeOver.bounds(from, ends[partition] ?? 0);
  }

  #take(slice: Slice): void {
    const owned = this.#owned.get(slice.partition);
    if (owned === undefined) return;
    if (slice.topic === 'outcomes') {
      owned.takeOver.outcomes(slice.records);
      this.#queueReconcile();
      return;
    }
    for (const record of slice.records) {
      if (owned.tiers.isDropping(record.topic) || !owned.desk.accept(record)) continue;
      if (owned.takeOver.isOver) this.#dispatch(owned, record);
      else owned.takeOver.park(record);
    }
    this.#queueReconcile();
    this.#world.lanes.pump();
  }

  #dispatch(owned: Owned, record: LogRecord): void {
    if (!owned.tiers.has(record.topic)) return this.#world.intake.take(owned.desk, record);
    owned.tiers.push(record);
    this.#alarm.noLaterThan(owned.tiers.nextAt());
  }

  #wakeDue(): void {
    const now = this.#world.log.now();
    for (const { desk, tiers } of this.#owned.values()) {
      if (desk.state !== 'open') continue;
      for (const record of tiers.due(now)) this.#world.intake.wake(desk, record);
      for (const { topic, offset } of tiers.refetches(now)) this.#group?.seek(topic, desk.partition, offset);
      this.#alarm.noLaterThan(tiers.nextAt());
    }
    this.#queueReconcile();
    this.#world.lanes.pump();
  }

  #let(partition: number): Promise<void> {
    const owned = this.#owned.get(partition);
    return owned === undefined ? Promise.resolve() : this.#lose(partition, owned);
  }

  async #lose(partition: number, owned: Owned): Promise<void> {
    const wasOpen = owned.desk.state === 'open';
    owned.desk.close();
    await owned.desk.drained();
    if (wasOpen) await this.#commit(owned);
    this.#owned.delete(partition);
    for (const topic of dispatcherTopics) this.#paused.delete(topicPartition(topic, partition));
    owned.doneSet.close();
    owned.tiers.close();
    owned.desk.dispose();
  }

  async #commitAll(): Promise<void> {
    if (this.#committing) return;
    this.#committing = true;
    const open = [...this.#owned.values()].filter(({ desk }) => desk.state === 'open');
    await Promise.all(open.map((owned) => this.#commit(owned)));
    this.#committing = false;
  }

  /** A refused commit costs copies at the next take-over, nothing else: the next round tries again. */
  async #commit({ desk, outcomes }: Pick<Owned, 'desk' | 'outcomes'>): Promise<void> {
    const group = this.#group;
    if (group === undefined) return;
    try {
      const commits = [...desk.windows].map(([topic, window]) =>
        desk.commit(group, topic, window.lowWatermark),
      );
      await Promise.all([...commits, desk.commit(group, 'outcomes', outcomes.get(desk.now()))]);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#world.signals.alert('commit_refused', { partition: desk.partition, error: reason });
    }
  }

  get #woken(): number {
    let sum = 0;
    for (const { tiers } of this.#owned.values()) sum += tiers.woken;
    return sum;
  }

  /** One reconciliation a turn, however many records were done in it. */
  #queueReconcile(): void {
    if (this.#reconcileQueued) return;
    this.#reconcileQueued = true;
    queueMicrotask(() => {
      this.#reconcileQueued = false;
      for (const { tiers } of this.#owned.values()) {
        // Room again for what was due and kept back.
        if (tiers.isHeld) this.#alarm.noLaterThan(tiers.nextAt());
      }
      if (this.#group !== undefined) reconcilePauses(this.#wantedPauses(), this.#paused, this.#group);
    });
  }

  #wantedPauses(): Set<TopicPartition> {
    const wanted = new Set<TopicPartition>();
    for (const { desk, takeOver, tiers } of this.#owned.values()) {
      // Once read, own appends are known anyway (R6).
      if (takeOver.isOver) wanted.add(topicPartition('outcomes', desk.partition));
      for (const [topic, window] of desk.windows) {
        // Nothing may be done with them yet, and a backlog of millions must not wait in memory meanwhile.
        if (!takeOver.isOver) wanted.add(topicPartition(topic, desk.partition));
        // Those that wait in a tier are the clocks' to bound, not the window's.
        const full = tiers.has(topic) ? tiers.isDropping(topic) : window.isFull;
        if (full) wanted.add(topicPartition(topic, desk.partition));
      }
    }
    return wanted;
  }
}
