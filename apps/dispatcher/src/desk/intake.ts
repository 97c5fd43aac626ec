import { hopsFor, scaled, tierDelayMs } from '#domain';
import type { Contract } from '#contracts';
import type { FollowedControl } from '#control';
import {
  decodeAsked,
  decodeEvent,
  decodeWaiting,
  tierOf,
  type Decoded,
  type LogRecord,
  type WaitingRecord,
} from '#log';
import { DeliveryTask } from '../attempt/delivery-task.ts';
import type { AttemptRunner } from '../attempt/attempt-runner.ts';
import type { Settlement } from '../attempt/settlement.ts';
import type { Lanes } from '../lanes/lanes.ts';
import type { ControlReached } from './control-reached.ts';
import type { Desk } from './desk.ts';
import { FanOut, OneTask } from './fan-out.ts';
import type { RecordInHand } from './record-in-hand.ts';
import type { TaskShape } from './task-shape.ts';

export interface IntakeWorld {
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly control: FollowedControl;
  readonly lanes: Lanes;
  readonly runner: AttemptRunner;
  readonly settlement: Settlement;
  readonly timeScale: number;
  readonly controlReached: ControlReached;
  /** Runs `work` in so many ms, unless the dispatcher stops first. */
  readonly later: (ms: number, work: () => void) => void;
}

const NOT_FRESH_MS = 500;

/** What becomes of each record: tasks for the lanes, one more hop, or quarantine. */
export class Intake {
  readonly #world: IntakeWorld;

  constructor(world: IntakeWorld) {
    this.#world = world;
  }

  /** A record of `events` or `deliveries`, in order of offset. */
  take(desk: Desk, record: LogRecord): void {
    const hand = desk.pickUp(record);
    if (record.topic === 'events') this.#takeEvent(desk, hand);
    else this.#takeAsked(desk, hand);
  }

  /** A record of a retry topic whose wait is over. */
  wake(desk: Desk, record: LogRecord): void {
    const hand = desk.pickUp(record);
    const decoded = decodeWaiting(record);
    // What was postponed because no build knew it (R21) waits among deliveries, and may be something else.
    if (!decoded.ok && record.headers['step'] === undefined) return this.#wakePostponed(desk, hand);
    const waiting = this.#readable(desk, hand, decoded);
    if (waiting === undefined) return;
    if (waiting.deferredSince !== null) this.#world.lanes.returned(waiting.ref.endpointId);
    const { timeScale } = this.#world;
    const remainder = waiting.dueAt - desk.now();
    const second = scaled(tierDelayMs('1s'), timeScale);
    if (remainder < second) return this.#waitOut(desk, hand, waiting);
    // The hops of the header, unless they lead past the due time (an outage) or end before it.
    const ahead = waiting.hops.reduce((sum, tier) => sum + tierDelayMs(tier), 0);
    const off = Math.abs(remainder - scaled(ahead, timeScale)) > second;
    this.#hop(desk, hand, off ? { ...waiting, hops: hopsFor(remainder / timeScale).tiers } : waiting);
  }

  /** R15: never early; what is left is too short for a tier. Timers may fire early by the log's clock: asked again. */
  #waitOut(desk: Desk, hand: RecordInHand, waiting: WaitingRecord): void {
    const remainder = waiting.dueAt - desk.now();
    if (remainder <= 0) return this.#attempt(desk, hand, waiting);
    this.#world.later(Math.ceil(remainder), () => this.#waitOut(desk, hand, waiting));
  }

  #takeEvent(desk: Desk, hand: RecordInHand): void {
    const event = this.#readable(desk, hand, decodeEvent(hand.record));
    if (event === undefined) return;
    if (!this.#world.contracts.has(event.contract))
      return desk.postponeUnknown(hand, `contract ${event.contract}`);
    const eventOffset = eventOffsetOf(hand.record);
    if (!Number.isSafeInteger(eventOffset)) return desk.quarantine(hand, 'header event-offset is no offset');
    // P10, R4: the first content wins.
    if (desk.doneSet.noteEvent(event.tenantId, event.eventId, eventOffset, desk.now()) === 'copy') {
      desk.signals.copyDropped('event');
      return hand.release();
    }
    const { control, lanes, runner, settlement } = this.#world;
    // R20: the endpoint whose 201 the publisher has seen must not be overtaken by its event.
    this.#world.controlReached.whenAt(event.controlPosition, (reached) => {
      if (!reached) this.#alertAhead(desk, event.controlPosition, event.eventId);
      const endpoints = control.table.endpointsOf(event.tenantId);
      lanes.add(new FanOut({ desk, runner, hand, settlement }, event, eventOffset, endpoints));
    });
  }

  #takeAsked(desk: Desk, hand: RecordInHand): void {
    const asked = this.#readable(desk, hand, decodeAsked(hand.record));
    if (asked === undefined) return;
    const { ref, body } = asked;
    // The fact that asked stands in `control` at the position that names the chain (R2).
    this.#world.controlReached.whenAt(ref.chain + 1, (reached) => {
      if (!reached) this.#alertAhead(desk, ref.chain + 1, ref.eventId);
      this.#one(desk, hand, { ref, number: 1, step: 0, deferredSince: null, body: () => body });
    });
  }

  #alertAhead(desk: Desk, position: number, event: string): void {
    desk.signals.alert('control_position_ahead', { position, event });
  }

  #attempt(desk: Desk, hand: RecordInHand, waiting: WaitingRecord): void {
    desk.signals.late(tierOf(hand.record.topic) ?? null, desk.now() - waiting.dueAt);
    const { ref, attempt, step, deferredSince, body } = waiting;
    this.#one(desk, hand, { ref, number: attempt, step, deferredSince, body: () => body });
  }

  #one(desk: Desk, hand: RecordInHand, shape: TaskShape): void {
    const { lanes, runner, settlement } = this.#world;
    if (desk.state === 'closing') return;
    if (!settlement.takeUp(desk, hand, shape)) return hand.release();
    hand.hold();
    lanes.add(new OneTask(new DeliveryTask(runner, { desk, hand }, shape), hand));
  }

  #hop(desk: Desk, hand: RecordInHand, waiting: WaitingRecord): void {
    const { settlement } = this.#world;
    const { ref, attempt: number, step, deferredSince, body } = waiting;
    // R9: before a placement as before a POST. A heartbeat that is late now may be answered in a moment.
    if (!desk.mayAct()) {
      if (desk.state !== 'closing') this.#world.later(NOT_FRESH_MS, () => this.#hop(desk, hand, waiting));
      return;
    }
    if (!settlement.takeUp(desk, hand, { ref, number, step, deferredSince, body: () => body }))
      return hand.release();
    settlement.placeAndRelease(desk, hand, { ...waiting, step: step + 1 });
  }

  #wakePostponed(desk: Desk, hand: RecordInHand): void {
    if (hand.record.headers['control-position'] !== undefined) this.#takeEvent(desk, hand);
    else this.#takeAsked(desk, hand);
  }

  #readable<T>(desk: Desk, hand: RecordInHand, decoded: Decoded<T>): T | undefined {
    if (decoded.ok) return decoded.value;
    if (decoded.why === 'newer') desk.postponeUnknown(hand, `schema version ${decoded.version}`);
    else desk.quarantine(hand, decoded.reason);
    return undefined;
  }
}

/** Where an event stands in `events`, also when it had to wait elsewhere for a build that knows it (R21). */
function eventOffsetOf({ topic, headers, offset }: LogRecord): number {
  return topic === 'events' ? offset : Number(headers['event-offset'] ?? Number.NaN);
}
