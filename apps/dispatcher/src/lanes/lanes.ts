import { MAX_CONCURRENCY, type EndpointLimits } from '#domain';
import { MIN_DEFERRAL_MS, tierAtLeast, tierAtMost } from './deferral-tiers.ts';
import { Lane } from './lane.ts';
import { Sources } from './sources.ts';
import type { Task, TaskSource } from './task.ts';
import { TurnBudget } from './turn-budget.ts';
import { Turns } from './turns.ts';

export interface LanesOptions {
  /** Attempts in flight of one endpoint at most. */
  readonly perLane: number;
  /** Attempts in flight of all endpoints together. */
  readonly slots: number;
  /** Tasks drawn and waiting, of all lanes together. */
  readonly queueCap: number;
  /** A lane whose oldest attempt has taken longer hangs; hanging lanes share at most half of the slots. */
  readonly hangAfterMs: number;
  /** Attempts begun in one turn of the event loop. */
  readonly startsPerTurn: number;
  /** A task that has waited this long, or would, steps aside when others wait behind it. */
  readonly patienceMs: number;
}

export const defaultLanesOptions: LanesOptions = {
  perLane: MAX_CONCURRENCY,
  slots: 512,
  queueCap: 1_024,
  hangAfterMs: 2_000,
  startsPerTurn: 32,
  patienceMs: 5_000,
};

export interface LanesWorld {
  /** Monotonic ms. */
  readonly now: () => number;
  /** R14: may an attempt of this partition start now? */
  readonly mayStart: (partition: number) => boolean;
  /** Are records waiting behind those already taken (a window over half full)? */
  readonly crowded: (partition: number) => boolean;
  /** What its receiver can take; undefined: as much as anybody. */
  readonly limitsOf: (endpointId: string) => EndpointLimits | undefined;
}

const TICK_MS = 100;
/** Tasks drawn from one source before the next has its turn, so that a wide fan-out does not block the others. */
const DRAWN_AT_ONCE = 64;
/** One that has been slow for so long is expected to be so for as many times longer at most (decision 0023). */
const BELIEF = 4;

/**
 * Who may send now (P8, R17–R19). All on one thread, so each method runs to its end before the next.
 *
 * 1. A lane has at most `perLane` attempts in flight, all lanes `slots`; those that hang, or may (nothing came back since
 *    they were started), at most half of it together: the others find a free slot before anybody has timed out.
 * 2. Lanes take turns: one attempt each, in the order in which they became ready.
 * 3. Tasks are drawn from sources only while fewer than `queueCap` wait, so memory does not grow with fan-out.
 * 4. A task is deferred only while it is crowded and other lanes have work: a lone busy endpoint gets back-pressure. One
 *    that hangs, or is limited, is not busy: whoever is behind it in the log cannot be seen yet, so it makes way even when
 *    alone.
 * 5. A slot is given back when the attempt ends, whatever its end.
 * 6. A lane with limits of its own has so many in flight at most, and begins its attempts at its rate (StartPaces). While
 *    it waits for that it holds no slot, and is in nobody's way. One endpoint is one lane of one process, the owner of its
 *    partition, so its rate is kept over all; only a change of owner may begin a second one early.
 */
export class Lanes {
  readonly #options: LanesOptions;
  readonly #world: LanesWorld;
  readonly #lanes = new Map<string, Lane>();
  readonly #turns: Turns;
  readonly #sources = new Sources();
  #inFlight = 0;
  #doubtful = 0;
  #hanging = 0;
  #queued = 0;
  readonly #turn: TurnBudget;
  #timer: NodeJS.Timeout | undefined;
  #pumping = false;
  #stopped = false;

  constructor(options: LanesOptions, world: LanesWorld) {
    this.#options = options;
    this.#world = world;
    this.#turn = new TurnBudget(options.startsPerTurn, () => this.pump());
    const { now, limitsOf } = world;
    this.#turns = new Turns({ now, limitsOf, perLane: options.perLane, wake: () => this.pump() });
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  /** Starts nothing more; attempts in flight end by themselves. */
  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
    this.#turn.stop();
    this.#turns.stop();
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  get queued(): number {
    return this.#queued;
  }

  /** Endpoints with anything to do. */
  get laneCount(): number {
    return this.#lanes.size;
  }

  /** Lanes that hang now, for metrics. */
  get hanging(): number {
    return this.#hanging;
  }

  add(source: TaskSource): void {
    this.#sources.push(source);
    this.pump();
  }

  /** A deferred task is back from its tier. */
  returned(endpointId: string): void {
    const lane = this.#lanes.get(endpointId);
    if (lane !== undefined && lane.deferred > 0) lane.deferred -= 1;
  }

  /** Draws and starts whatever may be; called whenever something has changed. */
  pump(): void {
    // Starting an attempt may end synchronously and call back: the outer loop goes on instead.
    if (this.#pumping || this.#stopped) return;
    this.#pumping = true;
    try {
      this.#turns.offerRested();
      do {
        this.#draw();
      } while (this.#startReady());
    } finally {
      this.#pumping = false;
    }
  }

  #draw(): void {
    let drawn = this.#sources.size > 0;
    while (drawn && this.#queued < this.#options.queueCap) {
      drawn = false;
      for (const source of this.#sources.turn(this.#world.mayStart)) {
        drawn = true;
        if (this.#drawFrom(source)) this.#sources.push(source);
        if (this.#queued >= this.#options.queueCap) break;
      }
    }
  }

  /** True: the source may have more. */
  #drawFrom(source: TaskSource): boolean {
    for (let drawn = 0; drawn < DRAWN_AT_ONCE; drawn += 1) {
      if (this.#queued >= this.#options.queueCap) return true;
      const task = source.draw();
      if (task === undefined) return false;
      this.#enqueue(task);
    }
    return true;
  }

  #enqueue(task: Task): void {
    const now = this.#world.now();
    const lane = this.#laneOf(task.endpointId);
    const stepsAside = this.#wouldWaitTooLong(lane, now) && this.#othersWait(lane, task);
    if (stepsAside && this.#stepAside(lane, task, now)) return;
    lane.push(task, now);
    this.#queued += 1;
    this.#turns.offer(lane);
  }

  /** True: something started, and there may be room to draw again. */
  #startReady(): boolean {
    let started = false;
    let blocked = 0;
    for (const lane of this.#turns) {
      if (this.#inFlight >= this.#options.slots || this.#turn.isSpent || blocked >= this.#turns.size) break;
      const task = lane.peek();
      this.#turns.take(lane);
      if (task === undefined) continue;
      if (!this.#mayStart(lane, task)) {
        blocked += 1;
        this.#turns.putLast(lane);
        continue;
      }
      lane.shift();
      this.#queued -= 1;
      this.#begin(lane, task);
      // The loop visits what is added meanwhile: the lane has its next turn after all others.
      this.#turns.offer(lane);
      blocked = 0;
      started = true;
    }
    return started && this.#sources.size > 0 && !this.#turn.isSpent;
  }

  #mayStart(lane: Lane, task: Task): boolean {
    if (!this.#world.mayStart(task.partition)) return false;
    return (!lane.hangs && lane.unanswered === 0) || this.#doubtful < this.#options.slots / 2;
  }

  #begin(lane: Lane, task: Task): void {
    const now = this.#world.now();
    const doubtful = lane.doubtful;
    const token = lane.started(now);
    this.#turns.began(lane, now);
    this.#doubtful += lane.doubtful - doubtful;
    this.#inFlight += 1;
    this.#turn.take();
    const end = () => this.#ended(lane, token);
    task.attempt().then(end, end);
  }

  #ended(lane: Lane, token: number): void {
    const doubtful = lane.doubtful;
    lane.ended(token, this.#world.now(), this.#options.hangAfterMs);
    this.#doubtful += lane.doubtful - doubtful;
    this.#inFlight -= 1;
    this.#turns.offer(lane);
    this.#forgetIdle(lane);
    this.pump();
  }

  #tick(): void {
    const now = this.#world.now();
    this.#hanging = 0;
    this.#doubtful = 0;
    this.#turns.sweep(now);
    for (const lane of this.#lanes.values()) {
      this.#turns.heedLimits(lane);
      lane.look(now, this.#options.hangAfterMs);
      if (lane.hangs) this.#hanging += 1;
      this.#doubtful += lane.doubtful;
      if (lane.queued > 0) this.#relieve(lane, now);
    }
    this.pump();
  }

  /** Those that have waited too long already step aside, oldest first; then the last ones of those that would. */
  #relieve(lane: Lane, now: number): void {
    while (lane.waited(now) > this.#options.patienceMs) if (!this.#relieveOf('shift', lane, now)) return;
    while (this.#wouldWaitTooLong(lane, now)) if (!this.#relieveOf('pop', lane, now)) return;
  }

  #relieveOf(end: 'shift' | 'pop', lane: Lane, now: number): boolean {
    const task = lane[end === 'shift' ? 'peek' : 'peekLast']();
    if (task === undefined || !this.#othersWait(lane, task) || !this.#stepAside(lane, task, now))
      return false;
    lane[end]();
    this.#queued -= 1;
    if (lane.queued === 0) this.#turns.take(lane);
    return true;
  }

  #wouldWaitTooLong(lane: Lane, now: number): boolean {
    if (lane.queued < this.#options.perLane) return false;
    return (lane.queued * 1_000) / this.#turns.paceOf(lane, now) > this.#options.patienceMs;
  }

  #othersWait(lane: Lane, task: Task): boolean {
    if (!this.#world.crowded(task.partition) && this.#queued < this.#options.queueCap / 2) return false;
    return lane.hangs || lane.isLimited || this.#lanes.size > 1 || !this.#lanes.has(lane.endpointId);
  }

  #stepAside(lane: Lane, task: Task, now: number): boolean {
    const paceMs = (lane.deferred * 1_000) / this.#turns.paceOf(lane, now);
    const slowMs = lane.slowForMs(now);
    const delayMs = tierAtLeast(Math.max(paceMs, MIN_DEFERRAL_MS));
    // A pace seen while it hangs says nothing about the time after: it is believed as far as the hang is long already.
    const believedMs = slowMs === 0 ? delayMs : tierAtMost(Math.max(slowMs * BELIEF, MIN_DEFERRAL_MS));
    if (!task.defer(Math.min(delayMs, believedMs))) return false;
    lane.deferred += 1;
    return true;
  }

  #laneOf(endpointId: string): Lane {
    const known = this.#lanes.get(endpointId);
    if (known !== undefined) return known;
    const lane = new Lane(endpointId);
    this.#turns.heedLimits(lane);
    this.#lanes.set(endpointId, lane);
    return lane;
  }

  #forgetIdle(lane: Lane): void {
    // A lane that is idle has nothing to remember; a hundred thousand endpoints must not stay in memory.
    if (lane.isIdle) this.#lanes.delete(lane.endpointId);
  }
}
