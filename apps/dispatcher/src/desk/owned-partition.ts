import type { Outcome } from '#domain';
import {
  DoneSet,
  retryTopics,
  topicPartition,
  type Batcher,
  type Group,
  type Log,
  type LogRecord,
  type RecentBudget,
  type TopicName,
  type TopicPartition,
  type WaitingBudget,
  type WindowBudget,
  type WindowCaps,
} from '#log';
import type { DispatcherSignals } from '../dispatcher-signals.ts';
import { Desk } from './desk.ts';
import { OutcomesPosition } from './outcomes-position.ts';
import { TakeOver } from './take-over.ts';
import { Tiers } from './tiers.ts';

/** Topics that the group reads together; partition p of each belongs to one member. */
export const dispatcherTopics: readonly TopicName[] = ['events', 'deliveries', ...retryTopics, 'outcomes'];
const workTopics = dispatcherTopics.filter((topic) => topic !== 'outcomes');

export interface OwningWorld {
  readonly log: Log;
  readonly batcher: Batcher;
  readonly signals: DispatcherSignals;
  readonly caps: WindowCaps;
  readonly timeScale: number;
  readonly budgets: {
    readonly deliveries: RecentBudget;
    readonly events: RecentBudget;
    readonly waiting: WaitingBudget;
    readonly windows: WindowBudget;
  };
}

export interface OwnedPartitionOptions {
  readonly world: OwningWorld;
  /** Undefined while joining. */
  readonly group: () => Group | undefined;
  /** How many more woken records the process may have in hand. */
  readonly roomToWake: () => number;
  /** A window has more room, or a watermark has moved. */
  readonly onChange: () => void;
  /** See the desk's. */
  readonly onLate: (desk: Desk, outcome: Outcome) => void;
  /** The take-over is over: what came meanwhile, in order. */
  readonly onOpen: (parked: readonly LogRecord[]) => void;
}

/** A partition number from its claim to its loss: the desk, and what stands around it. */
export class OwnedPartition {
  readonly desk: Desk;
  readonly tiers: Tiers;
  readonly #takeOver: TakeOver;
  readonly #outcomes: OutcomesPosition;
  readonly #doneSet: DoneSet;
  readonly #world: OwningWorld;

  constructor(
    partition: number,
    { world, group, roomToWake, onChange, onLate, onOpen }: OwnedPartitionOptions,
  ) {
    const { log, batcher, signals, caps, timeScale, budgets } = world;
    this.#world = world;
    this.#doneSet = new DoneSet(budgets);
    this.desk = new Desk(partition, workTopics, {
      group,
      log,
      batcher,
      doneSet: this.#doneSet,
      caps,
      windowBudget: budgets.windows,
      signals,
      now: () => log.now(),
      onChange,
      onLate: (outcome) => onLate(this.desk, outcome),
    });
    this.tiers = new Tiers(this.desk, timeScale, budgets.waiting, roomToWake);
    this.#takeOver = new TakeOver(this.desk, onOpen);
    this.#outcomes = new OutcomesPosition(this.desk);
  }

  /** Finds out what of `outcomes` has to be read before anything may be sent (R6). */
  async readBounds(group: Group): Promise<void> {
    const { log } = this.#world;
    const { partition } = this.desk;
    const committed = await group.committed('outcomes', partition);
    const [starts, ends] = await Promise.all([log.startOffsets('outcomes'), log.endOffsets('outcomes')]);
    const from = Math.max(committed?.offset ?? 0, starts[partition] ?? 0);
    this.#outcomes.startAt(from);
    this.#takeOver.bounds(from, ends[partition] ?? 0);
  }

  learn(outcomes: readonly LogRecord[]): void {
    this.#takeOver.outcomes(outcomes);
  }

  /** Through the window first (P2). True: it is new, and may be handed on now. */
  take(record: LogRecord): boolean {
    if (this.tiers.isDropping(record.topic) || !this.desk.accept(record)) return false;
    if (!this.#takeOver.isOver) this.#takeOver.park(record);
    return this.#takeOver.isOver;
  }

  addWantedPauses(wanted: Set<TopicPartition>): void {
    const { desk, tiers } = this;
    // Once read, own appends are known anyway (R6).
    if (this.#takeOver.isOver) wanted.add(topicPartition('outcomes', desk.partition));
    for (const [topic, window] of desk.windows) {
      // Nothing may be done with them yet, and a backlog of millions must not wait in memory meanwhile.
      if (!this.#takeOver.isOver) wanted.add(topicPartition(topic, desk.partition));
      // Those that wait in a tier are the clocks' to bound, not the window's.
      const full = tiers.has(topic) ? tiers.isDropping(topic) : window.isFull;
      if (full) wanted.add(topicPartition(topic, desk.partition));
    }
  }

  /** A refused commit costs copies at the next take-over, nothing else: the next round tries again. */
  async commit(group: Group): Promise<void> {
    const { desk } = this;
    try {
      const commits = [...desk.windows].map(([topic, window]) =>
        desk.commit(group, topic, window.lowWatermark),
      );
      await Promise.all([...commits, desk.commit(group, 'outcomes', this.#outcomes.get(desk.now()))]);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#world.signals.alert('commit_refused', { partition: desk.partition, error: reason });
    }
  }

  /** Once drained: gives back what it has of the process's budgets. */
  dispose(): void {
    this.#doneSet.close();
    this.tiers.close();
    this.desk.dispose();
  }
}
