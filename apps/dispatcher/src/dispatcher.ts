import { Alarm, onceThere, reconcilePauses, topicPartition } from '#log';
import type { Group, LogRecord, Slice, TopicPartition } from '#log';
import type { Intake } from './desk/intake.ts';
import type { LateSuccessors } from './desk/late-successors.ts';
import { OutcomesWatch } from './desk/outcomes-watch.ts';
import { dispatcherTopics, OwnedPartition, type OwningWorld } from './desk/owned-partition.ts';
import { backlogOf, type PartitionBacklog } from './desk/partition-backlog.ts';
import type { Lanes } from './lanes/lanes.ts';

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

export interface DispatcherWorld extends OwningWorld {
  readonly lanes: Lanes;
  readonly intake: Intake;
  readonly lateSuccessors: LateSuccessors;
  readonly onCrash: (error: Error) => void;
}

/**
 * The group member: claims partitions, hands records on, commits behind them.
 *
 * 1. A record goes through the window of its topic before anything else sees it (P2).
 * 2. Nothing of p starts before p's `outcomes` were read (R6); what comes meanwhile is parked, in order.
 * 3. Which topic-partitions are paused, and when the next record wakes, is computed from the windows and clocks whenever
 *    something was taken, done or woken; neither is remembered (desired state).
 * 4. Commits trail: each is a low watermark at the time of the call, so a repeated one is harmless; one that comes late is
 *    dropped with the claim it belongs to (R11).
 * 5. What is lost is drained and committed before anybody is given it, this process under a new id too: the port's promise
 *    (R12).
 */
export class Dispatcher {
  readonly #world: DispatcherWorld;
  readonly #owned = new Map<number, OwnedPartition>();
  readonly #paused = new Set<TopicPartition>();
  readonly #alarm: Alarm;
  readonly #outcomesWatch: OutcomesWatch;
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
    this.#outcomesWatch = new OutcomesWatch(world.log, () =>
      [...this.#owned.values()].map(({ desk }) => desk),
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
    this.#outcomesWatch.start();
  }

  /** Starts nothing new, lets what is in flight end, commits, leaves (R12). */
  async stop(): Promise<void> {
    clearInterval(this.#commitTimer);
    this.#outcomesWatch.stop();
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

  /** Of all that is owned and open, by topic and partition. */
  backlog(): readonly PartitionBacklog[] {
    const group = this.#group;
    if (group === undefined) return [];
    const open = [...this.#owned.values()].filter(({ desk }) => desk.state === 'open');
    return open.flatMap((owned) => backlogOf(owned, group, this.#world.timeScale));
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
    const owned: OwnedPartition = new OwnedPartition(partition, {
      world: this.#world,
      group: () => this.#group,
      roomToWake: () => WOKEN_IN_PROCESS - this.#woken,
      onChange: () => this.#queueReconcile(),
      onLate: (desk, outcome) => void this.#world.lateSuccessors.follow(desk, outcome),
      onOpen: (parked) => {
        for (const record of parked) this.#dispatch(owned, record);
        this.#queueReconcile();
        this.#world.lanes.pump();
      },
    });
    this.#owned.set(partition, owned);
    this.#queueReconcile();
    if (this.#group !== undefined) await this.#findBounds(owned, this.#group);
  }

  async #findBounds(owned: OwnedPartition, group: Group): Promise<void> {
    const { partition } = owned.desk;
    await onceThere(
      () => owned.readBounds(group),
      () => this.#owned.get(partition) === owned,
      ({ message }) => this.#world.signals.alert('take_over_waits', { partition, error: message }),
    );
  }

  #take({ topic, partition, records }: Slice): void {
    const owned = this.#owned.get(partition);
    if (owned === undefined) return;
    if (topic === 'outcomes') owned.learn(records);
    else for (const record of records) if (owned.take(record)) this.#dispatch(owned, record);
    this.#queueReconcile();
    this.#world.lanes.pump();
  }

  #dispatch(owned: OwnedPartition, record: LogRecord): void {
    if (!owned.tiers.has(record.topic)) return this.#world.intake.take(owned.desk, record);
    owned.tiers.push(record);
  }

  #wakeDue(): void {
    const now = this.#world.log.now();
    for (const { desk, tiers } of this.#owned.values()) {
      if (desk.state !== 'open') continue;
      for (const record of tiers.due(now)) this.#world.intake.wake(desk, record);
      for (const { topic, offset } of tiers.refetches(now)) this.#group?.seek(topic, desk.partition, offset);
    }
    this.#queueReconcile();
    this.#world.lanes.pump();
  }

  #let(partition: number): Promise<void> {
    const owned = this.#owned.get(partition);
    return owned === undefined ? Promise.resolve() : this.#lose(partition, owned);
  }

  async #lose(partition: number, owned: OwnedPartition): Promise<void> {
    const wasOpen = owned.desk.state === 'open';
    owned.desk.close();
    await owned.desk.drained();
    if (wasOpen && this.#group !== undefined) await owned.commit(this.#group);
    this.#owned.delete(partition);
    for (const topic of dispatcherTopics) this.#paused.delete(topicPartition(topic, partition));
    owned.dispose();
  }

  async #commitAll(): Promise<void> {
    const group = this.#group;
    if (this.#committing || group === undefined) return;
    this.#committing = true;
    const open = [...this.#owned.values()].filter(({ desk }) => desk.state === 'open');
    await Promise.all(open.map((owned) => owned.commit(group)));
    this.#committing = false;
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
      // Asked anew whenever anything was done: what was due and kept back may have room now.
      for (const { desk, tiers } of this.#owned.values())
        if (desk.state === 'open') this.#alarm.noLaterThan(tiers.nextAt());
      if (this.#group !== undefined) reconcilePauses(this.#wantedPauses(), this.#paused, this.#group);
    });
  }

  #wantedPauses(): Set<TopicPartition> {
    const wanted = new Set<TopicPartition>();
    for (const owned of this.#owned.values()) owned.addWantedPauses(wanted);
    return wanted;
  }
}
