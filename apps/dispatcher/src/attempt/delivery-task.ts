import type { DeliveryRef } from '#domain';
import type { Desk } from '../desk/desk.ts';
import type { RecordInHand } from '../desk/record-in-hand.ts';
import type { TaskShape } from '../desk/task-shape.ts';
import type { Task } from '../lanes/task.ts';

/** Who makes attempts, as a task sees it. */
export interface AttemptMaker {
  run(task: DeliveryTask): Promise<boolean>;
  defer(task: DeliveryTask, delayMs: number): boolean;
}

/** One attempt of one delivery, drawn from a record. */
export class DeliveryTask implements Task, TaskShape {
  readonly desk: Desk;
  readonly hand: RecordInHand;
  readonly ref: DeliveryRef;
  /** Number of the attempt within its chain, from 1. */
  readonly number: number;
  readonly step: number;
  /** Epoch ms of the first time this attempt stepped aside; null: it has not. */
  readonly deferredSince: number | null;
  readonly #runner: AttemptMaker;
  /** The bytes as sent: complete, the delivery's id in its place (P7). */
  readonly body: () => Uint8Array;

  constructor(
    runner: AttemptMaker,
    from: { readonly desk: Desk; readonly hand: RecordInHand },
    what: TaskShape,
  ) {
    this.#runner = runner;
    this.desk = from.desk;
    this.hand = from.hand;
    this.ref = what.ref;
    this.number = what.number;
    this.step = what.step;
    this.deferredSince = what.deferredSince;
    this.body = what.body;
  }

  get endpointId(): string {
    return this.ref.endpointId;
  }

  get partition(): number {
    return this.desk.partition;
  }

  attempt(): Promise<boolean> {
    return this.#runner.run(this);
  }

  defer(delayMs: number): boolean {
    return this.#runner.defer(this, delayMs);
  }
}
