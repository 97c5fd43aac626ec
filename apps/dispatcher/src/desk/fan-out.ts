import { subscribes, type DeliveryRef, type EndpointState } from '#domain';
import { deliveryIdOf, fillSlot } from '#contracts';
import { encodeOutcome, type EventRecord } from '#log';
import { DeliveryTask } from '../attempt/delivery-task.ts';
import type { AttemptRunner } from '../attempt/attempt-runner.ts';
import type { Settlement } from '../attempt/settlement.ts';
import type { TaskSource } from '../lanes/task.ts';
import type { Desk } from './desk.ts';
import type { RecordInHand } from './record-in-hand.ts';
import type { TaskShape } from './task-shape.ts';

export interface FanOutFrom {
  readonly desk: Desk;
  readonly hand: RecordInHand;
  readonly runner: AttemptRunner;
  readonly settlement: Settlement;
}

/**
 * One event to all endpoints that want it, one task at a time as slots free up (R19): ten thousand endpoints cost one
 * snapshot and a cursor. Endpoints switched off by their customer are not asked; failed ones are, and their deliveries
 * held (R23).
 */
export class FanOut implements TaskSource {
  readonly #from: FanOutFrom;
  readonly #event: EventRecord;
  readonly #endpoints: readonly EndpointState[];
  #next = 0;
  #matched = 0;

  constructor(from: FanOutFrom, event: EventRecord, endpoints: readonly EndpointState[]) {
    this.#from = from;
    this.#event = event;
    this.#endpoints = endpoints;
  }

  draw(): DeliveryTask | undefined {
    for (;;) {
      const endpoint = this.#endpoints[this.#next];
      if (endpoint === undefined) {
        this.#end();
        return undefined;
      }
      this.#next += 1;
      if (endpoint.status === 'off' || !subscribes(endpoint, this.#event.eventType)) continue;
      this.#matched += 1;
      const task = this.#taskFor(endpoint);
      if (task !== undefined) return task;
    }
  }

  #taskFor(endpoint: EndpointState): DeliveryTask | undefined {
    const event = this.#event;
    const { desk, hand, runner, settlement } = this.#from;
    const ref: DeliveryRef = {
      deliveryId: deliveryIdOf(event.tenantId, event.eventId, endpoint.id),
      tenantId: event.tenantId,
      endpointId: endpoint.id,
      eventId: event.eventId,
      eventType: event.eventType,
      chain: 0,
      askedBy: 'event',
      eventOffset: hand.record.offset,
      occurredAt: event.occurredAt,
      acceptedAt: event.acceptedAt,
    };
    const { slot } = event;
    const body = slot === null ? () => event.body : () => fillSlot(event.body, slot, ref.deliveryId);
    const shape: TaskShape = { ref, number: 1, step: 0, deferredSince: null, body };
    if (!settlement.takeUp(desk, hand, shape)) return undefined;
    hand.hold();
    return new DeliveryTask(runner, { desk, hand }, shape);
  }

  #end(): void {
    const { desk, hand } = this.#from;
    if (this.#matched > 0) return hand.release();
    const { tenantId, eventId, eventType } = this.#event;
    const eventOffset = hand.record.offset;
    // R4: the next owner must know that this event was seen, though nobody wanted it.
    const unmatched = {
      kind: 'unmatched',
      tenantId,
      eventId,
      eventType,
      eventOffset,
      at: desk.now(),
    } as const;
    void desk.append('outcomes', encodeOutcome(unmatched)).then(
      () => hand.release(),
      (error: unknown) => desk.abandon(hand, error),
    );
  }
}

/** A record that is one delivery: waiting in a tier, or asked for. */
export class OneTask implements TaskSource {
  #task: DeliveryTask | undefined;
  readonly #hand: RecordInHand;

  constructor(task: DeliveryTask, hand: RecordInHand) {
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
