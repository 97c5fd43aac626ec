import type { Outcome } from '#domain';
import { decodeEvent, onceThere, type Log, type LogRecord } from '#log';
import type { Settlement } from '../attempt/settlement.ts';
import type { Desk } from './desk.ts';
import { eventBody } from './event-body.ts';

/**
 * Goes on with deliveries whose first attempt an owner before was making while it lost the partition, and told of late, and
 * that nobody here works on: their endpoint did not want the event any more when it was met again, so that its record is
 * done, or will be, without them. The outcome stands in the log, and names a successor (P2, R8).
 *
 * 1. Where a task of this owner is about the same attempt, that one follows the outcome (Settlement); where the record has
 *    not been met, its fan-out does. The done-set gives a successor once.
 * 2. The event's record, if it is still in hand, is held until the successor is durable; the partition is not drained before.
 */
export class LateSuccessors {
  readonly #log: Pick<Log, 'readOne'>;
  readonly #settlement: Settlement;

  constructor(log: Pick<Log, 'readOne'>, settlement: Settlement) {
    this.#log = log;
    this.#settlement = settlement;
  }

  /** `outcome`: of an owner before, read after the take-over. Never rejects. */
  async follow(desk: Desk, outcome: Outcome): Promise<void> {
    const { ref, attempt, step, decision } = outcome;
    const { eventOffset, chain } = ref;
    if (!('next' in decision) || chain !== 0 || step !== 0 || eventOffset === null) return;
    const source = {
      deliveryId: ref.deliveryId,
      chain,
      attempt,
      step,
      topic: 'events',
      offset: eventOffset,
    } as const;
    if (!desk.hasMet('events', eventOffset) || desk.doneSet.isTakenUp(source, desk.now())) return;
    const hand = desk.inHandAt('events', eventOffset);
    hand?.hold();
    desk.begin();
    try {
      const record = hand?.record ?? (await this.#read(desk, eventOffset));
      const decoded = record === undefined ? undefined : decodeEvent(record);
      if (decoded?.ok !== true) {
        desk.signals.alert('successor_without_event', {
          delivery: ref.deliveryId,
          partition: desk.partition,
          offset: eventOffset,
        });
      } else {
        const body = eventBody(decoded.value, ref.deliveryId);
        await this.#settlement.follow(desk, source, {
          ref,
          number: attempt,
          step,
          deferredSince: null,
          body,
        });
      }
      hand?.release();
    } catch (error) {
      if (hand !== undefined) desk.abandon(hand, error);
    } finally {
      desk.end();
    }
  }

  /** Undefined: it is not kept any more. Rejects once the partition is another's. */
  async #read(desk: Desk, offset: number): Promise<LogRecord | undefined> {
    const read = await onceThere(
      async () => ({ record: await this.#log.readOne('events', desk.partition, offset) }),
      () => desk.state === 'open',
    );
    if (read === undefined) throw new Error('the partition was lost before the event was read');
    return read.record;
  }
}
