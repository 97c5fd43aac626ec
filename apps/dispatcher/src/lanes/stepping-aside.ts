import { MIN_DEFERRAL_MS } from '#domain';
import { tierAtLeast, tierAtMost } from './deferral-tiers.ts';
import type { Doubts } from './doubts.ts';
import type { Lane } from './lane.ts';
import type { Task } from './task.ts';
import type { Turns } from './turns.ts';

export interface SteppingAsideOptions {
  readonly perLane: number;
  /** Tasks drawn and waiting, of all lanes together. */
  readonly queueCap: number;
  /** A task that has waited this long, or would, steps aside when others wait behind it. */
  readonly patienceMs: number;
}

export interface SteppingAsideWorld {
  readonly doubts: Doubts;
  readonly turns: Turns;
  /** Are records waiting behind those already taken (a window over half full)? */
  readonly crowded: (partition: number) => boolean;
  /** Has any other lane anything to do? */
  readonly hasOthers: () => boolean;
}

/** One that has been slow for so long is expected to be so for as many times longer at most (decision 0023). */
const BELIEF = 4;
/** Once one of a lane has to step aside, others go along: what has waited, or would, for this part of what is too long. */
const GOING_ALONG = 0.5;

/**
 * Which tasks make way for others, and for how long (P8, R18; decisions 0023 and 0045).
 *
 * 1. A task is deferred only while it is crowded and other lanes have work: a lone busy endpoint gets back-pressure. One
 *    that hangs, or is limited, is not busy: whoever is behind it in the log cannot be seen yet, so it makes way even when
 *    alone.
 * 2. Those that have waited too long already step aside, oldest first; then the last ones of those that would. Where one
 *    does, others of its lane go along: an append of many costs the log little more than one of each.
 */
export class SteppingAside {
  readonly #options: SteppingAsideOptions;
  readonly #world: SteppingAsideWorld;

  constructor(options: SteppingAsideOptions, world: SteppingAsideWorld) {
    this.#options = options;
    this.#world = world;
  }

  /** Gives how many of the lane's tasks stepped aside. `queued`: tasks waiting, of all lanes. */
  relieve(lane: Lane, now: number, queued: number): number {
    for (let gone = 0; ; gone += 1) {
      const end = this.#overdueEnd(lane, now, gone === 0 ? 1 : GOING_ALONG);
      if (end === undefined) return gone;
      const mayGoAlong = gone > 0 && gone < this.#options.perLane;
      const mayGo = (task: Task): boolean => mayGoAlong || this.#othersWait(lane, task, queued - gone);
      if (this.#relieveOf(end, lane, now, mayGo)) continue;
      // The first one's time is nearly out, so that it keeps its place; the last ones have more of it.
      if (end === 'pop' || !this.#relieveOf('pop', lane, now, mayGo)) return gone;
    }
  }

  /** Which end of the queue has waited too long, or would; `part` of what is too long otherwise. */
  #overdueEnd(lane: Lane, now: number, part: number): 'shift' | 'pop' | undefined {
    const { patienceMs, perLane } = this.#options;
    if (this.#world.doubts.crowdOut(lane)) return 'pop';
    if (lane.waited(now) > patienceMs * part) return 'shift';
    if (lane.queued <= perLane * part) return undefined;
    return (lane.queued * 1_000) / this.#world.turns.paceOf(lane, now) > patienceMs ? 'pop' : undefined;
  }

  #relieveOf(end: 'shift' | 'pop', lane: Lane, now: number, mayGo: (task: Task) => boolean): boolean {
    const { doubts, turns } = this.#world;
    const task = lane[end === 'shift' ? 'peek' : 'peekLast']();
    if (task === undefined || !mayGo(task) || !task.defer(this.#delayMs(lane, now))) return false;
    doubts.leave(lane);
    lane.deferred += 1;
    lane[end]();
    doubts.enter(lane);
    if (lane.queued === 0) turns.take(lane);
    return true;
  }

  #othersWait(lane: Lane, task: Task, queued: number): boolean {
    if (!this.#world.crowded(task.partition) && queued < this.#options.queueCap / 2) return false;
    return lane.isSlow || lane.isLimited || this.#world.hasOthers();
  }

  #delayMs(lane: Lane, now: number): number {
    const { doubts, turns } = this.#world;
    // What comes back finds those before it that are still there, and those that stepped aside earlier; where slow ones crowd
    // each other out, those of all of them.
    const ownMs = ((lane.queued + lane.deferred) * 1_000) / turns.paceOf(lane, now);
    const paceMs = doubts.crowdOut(lane) ? Math.max(ownMs, doubts.waitMs(lane, now)) : ownMs;
    const slowMs = lane.slowForMs(now);
    const delayMs = tierAtLeast(Math.max(paceMs, MIN_DEFERRAL_MS));
    // A pace seen while it hangs says nothing about the time after: it is believed as far as the hang is long already.
    const believedMs = slowMs === 0 ? delayMs : tierAtMost(Math.max(slowMs * BELIEF, MIN_DEFERRAL_MS));
    return Math.min(delayMs, believedMs);
  }
}
