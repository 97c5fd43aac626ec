import { subscribes, type DeliveryRef, type EndpointState } from '#domain';
import { deliveryIdOf } from '#contracts';
import { encodeOutcome, type EventRecord } from '#log';
import { DeliveryTask } from '../attempt/delivery-task.ts';
import type { AttemptRunner } from '../attempt/attempt-runner.ts';
import type { Settlement } from '../attempt/settlement.ts';
import type { TaskSource } from '../lanes/task.ts';
import type { Desk } from './desk.ts';
import { eventBody } from './event-body.ts';
import type { RecordInHand } from './record-in-hand.ts';
import type { TaskShape } from './task-shape.ts';

export interface FanOutFrom {
  readonly desk: Desk;
  readonly hand: RecordInHand;
  readonly runner: AttemptRunner;
  readonly settlement: Settlement;
}

/** Nearly all events: one for all, not one each. */
const untraced: Pick<DeliveryRef, 'traceparent'> = {};

/**
 * One event to all endpoints that want it, one task at a time as slots free up (R19): ten thousand endpoints cost one
 * snapshot and a cursor. Endpoints switched off by their customer are not asked; failed ones are, and their deliveries
 * held (R23). Where an owner before made the first attempt and was gone before its successor was placed, that is placed
 * again, also for an endpoint that does not want the event any more: its delivery was begun, and comes to an end (R8).
 */
export class FanOut implements TaskSource {
  readonly #from: FanOutFrom;
  readonly #event: EventRecord;
  readonly #eventOffset: number;
  readonly #endpoints: readonly EndpointState[];
  readonly #traced: Pick<DeliveryRef, 'traceparent'>;
  #next = 0;
  #matched = 0;
  #unplaced: Iterator<string> | undefined;

  constructor(
    from: FanOutFrom,
    event: EventRecord,
    eventOffset: number,
    endpoints: readonly EndpointState[],
  ) {
    this.#from = from;
    this.#eventOffset = eventOffset;
    this.#event = event;
    this.#endpoints = endpoints;
    this.#traced = event.traceparent === undefined ? untraced : { traceparent: event.traceparent };
  }

  get partition(): number {
    return this.#from.desk.partition;
  }

  draw(): DeliveryTask | undefined {
    // R12: a partition being lost starts nothing new; the record stays undone for the next owner.
    if (this.#from.desk.state === 'closing') return undefined;
    for (;;) {
      const endpointId = this.#nextEndpoint();
      if (endpointId === undefined) {
        this.#end();
        return undefined;
      }
      this.#matched += 1;
      const task = this.#taskFor(endpointId);
      if (task !== undefined) return task;
    }
  }

  #nextEndpoint(): string | undefined {
    for (;;) {
      const endpoint = this.#endpoints[this.#next];
      if (endpoint === undefined) break;
      this.#next += 1;
      if (endpoint.status !== 'off' && subscribes(endpoint, this.#event.eventType)) return endpoint.id;
    }
    const { doneSet } = this.#from.desk;
    this.#unplaced ??= doneSet.takeUnplaced(this.#eventOffset)[Symbol.iterator]();
    const { value, done } = this.#unplaced.next();
    return done === true ? undefined : value;
  }

  #taskFor(endpointId: string): DeliveryTask | undefined {
    const event = this.#event;
    const { desk, hand, runner, settlement } = this.#from;
    const ref: DeliveryRef = {
      deliveryId: deliveryIdOf(event.tenantId, event.eventId, endpointId),
      tenantId: event.tenantId,
      endpointId,
      eventId: event.eventId,
      eventType: event.eventType,
      chain: 0,
      askedBy: 'event',
      eventOffset: this.#eventOffset,
      occurredAt: event.occurredAt,
      acceptedAt: event.acceptedAt,
      ...(event.hop === undefined ? {} : { hop: event.hop }),
      ...this.#traced,
    };
    const body = eventBody(event, ref.deliveryId);
    const shape: TaskShape = { ref, number: 1, step: 0, deferredSince: null, body };
    if (!settlement.takeUp(desk, hand, shape)) return undefined;
    hand.hold();
    return new DeliveryTask(runner, { desk, hand }, shape);
  }

  #end(): void {
    const { desk, hand } = this.#from;
    if (this.#matched > 0) return hand.release();
    const { tenantId, eventId, eventType } = this.#event;
    const eventOffset = this.#eventOffset;
    // R4: the next owner must know that this event was seen, though nobody wanted it.
    const unmatched = {
      kind: 'unmatched',
      tenantId,
      eventId,
      eventType,
      eventOffset,
      at: desk.now(),
    } as const;
    desk.releaseAfter(hand, desk.appendOutcome(encodeOutcome(unmatched)));
  }
}

/** A record that is one delivery: waiting in a tier, or asked for. */
export class OneTask implements TaskSource {
  readonly partition: number;
  #task: DeliveryTask | undefined;
  readonly #hand: RecordInHand;

  constructor(task: DeliveryTask, hand: RecordInHand) {
    this.partition = task.partition;
    this.#task = task;
    this.#hand = hand;
  }

  draw(): DeliveryTask | undefined {
    const task = this.#task;
    this.#task = undefined;
    if (task === undefined) this.#hand.release();
    return task;
  }
}
