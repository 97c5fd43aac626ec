import { hopsFor, scaled, tierDelayMs, type Decision, type Outcome, type Successor } from '#domain';
import {
  encodeOutcome,
  encodeWaiting,
  retryTopicOf,
  type AttemptDetail,
  type AttemptSource,
  type WaitingRecord,
} from '#log';
import type { DispatcherSignals } from '../dispatcher-signals.ts';
import type { Desk } from '../desk/desk.ts';
import type { RecordInHand } from '../desk/record-in-hand.ts';
import type { TaskShape } from '../desk/task-shape.ts';
import type { DeliveryTask } from './delivery-task.ts';

/**
 * Makes facts of what happened.
 *
 * 1. Outcome durable, then successor durable, then the record is let go of (P3, R10). A crash, or the loss of the
 *    partition, between the first two is mended by the next owner, who finds the outcome and places its successor (R8).
 * 2. The done-set learns of each only once it is durable, so nothing is dropped in favour of what may be lost.
 * 3. The first outcome of a key decides what comes next, whoever wrote it (R3): where an owner before came first, its
 *    successor is placed, and not this one's.
 * 4. When an append is refused for good (ownership lost, process stopping), the record stays undone.
 */
export class Settlement {
  readonly #signals: DispatcherSignals;
  readonly #timeScale: number;

  constructor(signals: DispatcherSignals, timeScale: number) {
    this.#signals = signals;
    this.#timeScale = timeScale;
  }

  /**
   * The task's hold on its record ends when all is durable. Resolves when the outcome is, or never will be; never
   * rejects. `deferredSince`: with a `deferred` decision. `at`: the moment that it was taken for.
   */
  settle(
    task: DeliveryTask,
    decision: Decision,
    term: number,
    detail: AttemptDetail | null,
    deferredSince: number | null = null,
    at: number = task.desk.now(),
  ): Promise<void> {
    const { desk, ref } = task;
    const outcome: Outcome = {
      ref,
      attempt: task.number,
      step: task.step,
      term,
      at,
      decision,
    };
    desk.begin();
    return this.#makeKnown(task, outcome, detail)
      .then(
        (isFirst) => this.#letGo(task, this.#successor(task, isFirst ? decision : undefined, deferredSince)),
        (error: unknown) => desk.abandon(task.hand, error),
      )
      .finally(() => desk.end());
  }

  /** Most deliveries end with their first attempt: nothing is left to wait for. */
  #letGo({ desk, hand }: DeliveryTask, successor: WaitingRecord | undefined): void {
    if (successor === undefined) hand.release();
    else this.placeAndRelease(desk, hand, successor);
  }

  /** R21: this build cannot send it; it waits a minute for one that can, at the same attempt. */
  postpone(task: DeliveryTask, what: string): void {
    const { desk, hand, ref, number: attempt, step, deferredSince } = task;
    desk.signals.alert('unknown_to_this_build', { what, delivery: ref.deliveryId, endpoint: ref.endpointId });
    const { tiers: hops } = hopsFor(tierDelayMs('1m'));
    const dueAt = desk.now() + scaled(tierDelayMs('1m'), this.#timeScale);
    this.placeAndRelease(desk, hand, {
      ref,
      attempt,
      step: step + 1,
      dueAt,
      hops,
      deferredSince,
      body: task.body(),
    });
  }

  /** Resolves false when an owner before has told of the same attempt first. */
  async #makeKnown(task: DeliveryTask, outcome: Outcome, detail: AttemptDetail | null): Promise<boolean> {
    const { desk } = task;
    // Each deferral too, not only the first: without it, a next owner that meets the record again would send it now,
    // and once more when the placement comes back, long after its done-set forgot (P4).
    // Where nothing was sent, nothing would be sent again.
    const weight = detail === null ? 0 : 1;
    desk.unsettled += weight;
    try {
      await desk.appendOutcome(encodeOutcome({ kind: 'outcome', outcome, detail }));
    } finally {
      desk.unsettled -= weight;
    }
    const isFirst = desk.doneSet.noteOutcome(outcome, 'this', desk.now());
    this.#signals.settled(outcome, detail);
    return isFirst;
  }

  /** What has to be placed; `decision` undefined: an owner before decided. */
  #successor(
    task: DeliveryTask,
    decision: Decision | undefined,
    deferredSince: number | null,
  ): WaitingRecord | undefined {
    const { desk, ref } = task;
    if (decision === undefined) {
      const next = desk.doneSet.takeSuccessor(sourceOf(task.hand, task), desk.now());
      return next === undefined ? undefined : this.#again(desk, task, next);
    }
    if (decision.kind !== 'retry' && decision.kind !== 'deferred') return undefined;
    return {
      ref,
      ...decision.next,
      deferredSince: decision.kind === 'deferred' ? deferredSince : null,
      body: task.body(),
    };
  }

  /** One placement in the first tier of its hops; those still to come travel in the record. */
  async place(desk: Desk, waiting: WaitingRecord): Promise<void> {
    const { ref, attempt, step } = waiting;
    // Nothing waits outside a tier: a delay under a second takes the shortest one.
    const [first = '1s', ...hops] = waiting.hops;
    const placement = { deliveryId: ref.deliveryId, chain: ref.chain, attempt, step };
    desk.doneSet.notePlacing(placement, desk.now());
    await desk.place(retryTopicOf(first), encodeWaiting({ ...waiting, hops }));
    desk.doneSet.notePlaced(placement, desk.now());
    this.#signals.placed(first);
  }

  /**
   * R3: true, and the attempt is this record's to make; false, and it is a copy of one that is done, or in hand from
   * another offset. Then the successor that its outcome names may not be in the log yet: it is placed again (R8).
   */
  takeUp(desk: Desk, hand: RecordInHand, shape: TaskShape): boolean {
    const source = sourceOf(hand, shape);
    const now = desk.now();
    if (!desk.doneSet.isCopy(source, now)) {
      desk.doneSet.takeUp(source, now);
      return true;
    }
    this.#signals.copyDropped('attempt');
    const next = desk.doneSet.takeSuccessor(source, now);
    if (next !== undefined) this.#placeAgain(desk, hand, shape, next);
    return false;
  }

  /** R9, right before the POST: true, it became a copy while it waited for its slot, and is let go of. */
  isOvertaken(task: DeliveryTask): boolean {
    const { desk, hand } = task;
    if (!desk.doneSet.isCopy(sourceOf(hand, task), desk.now())) return false;
    this.#signals.copyDropped('attempt');
    // By an owner before, that came late: R8 as at the take-over.
    const next = desk.doneSet.takeSuccessor(sourceOf(hand, task), desk.now());
    if (next !== undefined) this.#placeAgain(desk, hand, task, next);
    hand.release();
    return true;
  }

  /**
   * R8, for a delivery that nobody here works on. Resolves when the successor that its last outcome names is durable, or was
   * placed already.
   */
  async follow(desk: Desk, source: AttemptSource, shape: TaskShape): Promise<void> {
    const next = desk.doneSet.takeSuccessor(source, desk.now());
    if (next !== undefined) await this.place(desk, this.#again(desk, shape, next));
  }

  /** Lets go of the record once the placement is durable. */
  placeAndRelease(desk: Desk, hand: RecordInHand, waiting: WaitingRecord): void {
    desk.releaseAfter(hand, this.place(desk, waiting));
  }

  #placeAgain(desk: Desk, hand: RecordInHand, shape: TaskShape, next: Successor): void {
    hand.hold();
    this.placeAndRelease(desk, hand, this.#again(desk, shape, next));
  }

  #again(desk: Desk, shape: TaskShape, next: Successor): WaitingRecord {
    const hops = hopsFor((next.dueAt - desk.now()) / this.#timeScale).tiers;
    const deferredSince = next.attempt === shape.number ? (shape.deferredSince ?? desk.now()) : null;
    return { ref: shape.ref, ...next, hops, deferredSince, body: shape.body() };
  }
}

function sourceOf(hand: RecordInHand, { ref, number: attempt, step }: TaskShape): AttemptSource {
  const { topic, offset } = hand.record;
  return { deliveryId: ref.deliveryId, chain: ref.chain, attempt, step, topic, offset };
}
