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
 * 1. The other half is for those that answer, whatever hangs: a thousand endpoints of which nothing was known may have all
 *    slots before the first of them has hung for long enough to be told from a healthy one. So `slots` is what is in flight
 *    while at most half of it is in doubt, and never more than twice as many are.
 * 2. Whoever changes a lane lets it leave before, and enter again after: the sums are those of all lanes as they are.
 * 3. An endpoint that was slow when its lane had nothing left to do is in doubt when it comes again. A thousand of which
 *    each is sent one delivery in a while would otherwise be given credit each time, and have all slots among them.
 */
export class Doubts {
  readonly #slots: number;
  readonly #halfOfQueue: number;
  readonly #slowSince = new Map<string, number>();
  #inFlight = 0;
  #queued = 0;

  constructor({ slots, queueCap }: DoubtsOptions) {
    this.#slots = slots;
    this.#halfOfQueue = queueCap / 2;
  }

  leave(lane: Lane): void {
    this.#inFlight -= lane.doubtful;
    if (lane.isSlow) this.#queued -= lane.queued;
  }

  enter(lane: Lane): void {
    this.#inFlight += lane.doubtful;
    if (lane.isSlow) this.#queued += lane.queued;
  }

  /** Is there a slot for anybody? `inFlight`: of all lanes. */
  hasRoom(inFlight: number): boolean {
    if (inFlight < this.#slots) return true;
    return inFlight - this.#inFlight < this.#slots / 2 && inFlight < this.#slots * 2;
  }

  /** While there is: may it be one of this lane? */
  mayBegin(lane: Lane, inFlight: number): boolean {
    return lane.isTrusted || (this.#inFlight < this.#slots / 2 && inFlight < this.#slots);
  }

  /** Must what waits in it make way at once? Slow lanes fill their half of the queue. */
  crowdOut(lane: Lane): boolean {
    return lane.isSlow && this.#queued > this.#halfOfQueue;
  }

  /** Of a lane that has nothing left to do. */
  remember({ endpointId, slowSince }: Lane): void {
    if (slowSince === undefined) return;
    const [oldest] = this.#slowSince.keys();
    if (oldest !== undefined && this.#slowSince.size >= REMEMBERED) this.#slowSince.delete(oldest);
    this.#slowSince.set(endpointId, slowSince);
  }

  /** Monotonic ms since when it is slow; undefined: nothing is known against it. */
  recall(endpointId: string): number | undefined {
    const since = this.#slowSince.get(endpointId);
    if (since !== undefined) this.#slowSince.delete(endpointId);
    return since;
  }
}
