import { noEndpointLimits, type EndpointLimits } from '#domain';
import type { Lane } from './lane.ts';
import { Resting } from './resting.ts';
import { StartPaces } from './start-paces.ts';

export interface TurnsWorld {
  /** Monotonic ms. */
  readonly now: () => number;
  /** Attempts in flight of one lane at most, whatever its own limits allow. */
  readonly perLane: number;
  /** What its receiver can take; undefined: as much as anybody. */
  readonly limitsOf: (endpointId: string) => EndpointLimits | undefined;
  /** A lane that rested may have its turn: `takeRested` gives it. */
  readonly wake: () => void;
}

/**
 * Whose turn it is: lanes with something queued and room in flight, one attempt each, in the order in which they became
 * ready. One whose rate allows none yet rests meanwhile, and is in nobody's way.
 */
export class Turns implements Iterable<Lane> {
  readonly #world: TurnsWorld;
  /** A Set keeps the order of insertion; iteration visits what is added meanwhile. */
  readonly #ready = new Set<Lane>();
  readonly #resting: Resting;
  readonly #paces = new StartPaces();

  constructor(world: TurnsWorld) {
    this.#world = world;
    this.#resting = new Resting(world.now, world.wake);
  }

  get size(): number {
    return this.#ready.size;
  }

  [Symbol.iterator](): Iterator<Lane> {
    return this.#ready.values();
  }

  stop(): void {
    this.#resting.stop();
  }

  /** A lane with work and room has its turn, or rests until its rate allows one. */
  offer(lane: Lane): void {
    if (lane.queued === 0 || lane.inFlight >= this.#roomOf(lane)) return;
    const { perSecond } = lane.limits;
    const from = perSecond === null ? 0 : this.#paces.mayStartAt(lane.endpointId, perSecond);
    if (perSecond === null || from <= this.#world.now()) this.#ready.add(lane);
    else this.#resting.add(lane, from);
  }

  offerRested(): void {
    for (const lane of this.#resting.takeRested()) this.offer(lane);
  }

  /** Its turn, for now. */
  take(lane: Lane): void {
    this.#ready.delete(lane);
  }

  /** Its turn was taken, and not used: it is behind all others. */
  putLast(lane: Lane): void {
    this.#ready.add(lane);
  }

  began(lane: Lane, now: number): void {
    const { perSecond } = lane.limits;
    if (perSecond !== null) this.#paces.started(lane.endpointId, perSecond, now);
  }

  /** Its limits may have been changed; then it has its turn by the new ones. */
  heedLimits(lane: Lane): void {
    const limits = this.#world.limitsOf(lane.endpointId) ?? noEndpointLimits;
    if (limits === lane.limits) return;
    lane.limits = limits;
    this.#ready.delete(lane);
    this.#resting.delete(lane);
    this.offer(lane);
  }

  /** Attempts a second that a lane completes, or may begin. */
  paceOf(lane: Lane, now: number): number {
    return Math.min(lane.pace(this.#roomOf(lane), now), lane.limits.perSecond ?? Infinity);
  }

  /** Forgets rates that bind nobody any more. */
  sweep(now: number): void {
    this.#paces.sweep(now);
  }

  #roomOf(lane: Lane): number {
    return Math.min(this.#world.perLane, lane.limits.concurrency ?? Infinity);
  }
}
