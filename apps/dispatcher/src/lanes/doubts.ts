import type { Lane } from './lane.ts';

export interface DoubtsOptions {
  /** Attempts in flight of all endpoints together. */
  readonly slots: number;
  /** Tasks drawn and waiting, of all lanes together. */
  readonly queueCap: number;
}

/** Endpoints that were slow when they were last seen: 100 bytes each. */
const REMEMBERED = 8_192;

/**
 * What hangs, or may, over all lanes (P8, R17): it has half of the slots at most, and half of the queue.
 *
 * 1. The other half is for lanes that are not known to be slow, whatever hangs: a thousand endpoints of which nothing was known
 *    may have all slots before the first of them has hung for long enough to be told from a healthy one. So `slots` may be
 *    in flight of slow lanes and half as many beside them, and twice as many in all.
 * 2. Whoever changes a lane lets it leave before, and enter again after: the sums are those of all lanes as they are.
 * 3. An endpoint that was slow when its lane had nothing left to do is slow when it comes again, and was so for as long. A
 *    thousand of which each is sent one delivery in a while would otherwise be given credit each time, and have all slots
 *    among them.
 * 4. Where slow lanes fill their half of the queue, those with more than their share of it make way: not the one that has come
 *    to find out whether it is still slow.
 */
export class Doubts {
  readonly #slots: number;
  readonly #halfOfQueue: number;
  /** Ms for which endpoints were seen to be slow. */
  readonly #slowForMs = new Map<string, number>();
  /** Attempts in flight that hang, or may. */
  #doubtful = 0;
  /** Of lanes that are known to be slow: */
  #inFlight = 0;
  #queued = 0;
  #deferred = 0;
  #withQueue = 0;

  constructor({ slots, queueCap }: DoubtsOptions) {
    this.#slots = slots;
    this.#halfOfQueue = queueCap / 2;
  }

  leave(lane: Lane): void {
    this.#count(lane, -1);
  }

  enter(lane: Lane): void {
    this.#count(lane, 1);
  }

  #count(lane: Lane, sign: 1 | -1): void {
    this.#doubtful += sign * lane.doubtful;
    if (!lane.isSlow) return;
    this.#inFlight += sign * lane.inFlight;
    this.#queued += sign * lane.queued;
    this.#deferred += sign * lane.deferred;
    if (lane.queued > 0) this.#withQueue += sign;
  }

  /** Is there a slot for anybody? `inFlight`: of all lanes. */
  hasRoom(inFlight: number): boolean {
    return inFlight < this.#slots || this.#hasRoomBeside(inFlight);
  }

  /** While there is: may it be one of this lane? */
  mayBegin(lane: Lane, inFlight: number): boolean {
    if (lane.isTrusted) return true;
    if (inFlight < this.#slots && this.#doubtful < this.#slots / 2) return true;
    return !lane.isSlow && this.#hasRoomBeside(inFlight);
  }

  /** Invariant 1. */
  #hasRoomBeside(inFlight: number): boolean {
    return inFlight - this.#inFlight < this.#slots / 2 && inFlight < this.#slots * 2;
  }

  /** Must the last ones of it make way at once? */
  crowdOut(lane: Lane): boolean {
    if (!lane.isSlow || this.#queued <= this.#halfOfQueue) return false;
    return lane.queued > Math.floor(this.#halfOfQueue / this.#withQueue);
  }

  /** Ms until all that is before it in slow lanes has had a slot of their half, at this lane's pace. */
  waitMs(lane: Lane, now: number): number {
    return ((this.#queued + this.#deferred) * 1_000) / lane.pace(this.#slots / 2, now);
  }

  /** Of a lane that has nothing left to do. */
  remember(lane: Lane, now: number): void {
    if (!lane.isSlow) return;
    const [oldest] = this.#slowForMs.keys();
    if (oldest !== undefined && this.#slowForMs.size >= REMEMBERED) this.#slowForMs.delete(oldest);
    this.#slowForMs.set(lane.endpointId, lane.slowForMs(now));
  }

  /** Monotonic ms since when it counts as slow; undefined: nothing is known against it. */
  recall(endpointId: string, now: number): number | undefined {
    const slowForMs = this.#slowForMs.get(endpointId);
    if (slowForMs === undefined) return undefined;
    this.#slowForMs.delete(endpointId);
    return now - slowForMs;
  }
}
