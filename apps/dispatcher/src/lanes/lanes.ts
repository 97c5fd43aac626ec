import { MAX_CONCURRENCY, type EndpointLimits } from '#domain';
import { Doubts } from './doubts.ts';
import { Lane } from './lane.ts';
import { Sources } from './sources.ts';
import { SteppingAside, type SteppingAsideOptions } from './stepping-aside.ts';
import type { Task, TaskSource } from './task.ts';
import { TurnBudget } from './turn-budget.ts';
import { Turns } from './turns.ts';

/** `perLane`: attempts in flight of one endpoint at most. */
export interface LanesOptions extends SteppingAsideOptions {
  /** Attempts in flight of all endpoints together. */
  readonly slots: number;
  /** A lane whose oldest attempt has taken longer hangs; hanging lanes share at most half of the slots. */
  readonly hangAfterMs: number;
  /** Attempts begun in one turn of the event loop. */
  readonly startsPerTurn: number;
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
/** Of all sources, in one turn of the event loop. */
const DRAWN_PER_TURN = 2_048;
/**
 * Who may send now (P8, R17–R19). All on one thread, so each method runs to its end before the next.
 *
 * 1. A lane has at most `perLane` attempts in flight, all lanes `slots`; those that hang, or may (nothing came back since
 *    they were started), at most half of it together, and half of the queue (Doubts): the others find room before anybody
 *    has timed out.
 * 2. Lanes take turns: one attempt each, in the order in which they became ready.
 * 3. Tasks are drawn from sources only while fewer than `queueCap` wait, so memory does not grow with fan-out.
 * 4. Who would wait for too long makes way for the others (SteppingAside).
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
  readonly #doubts: Doubts;
  readonly #aside: SteppingAside;
  #inFlight = 0;
  #hanging = 0;
  #queued = 0;
  readonly #turn: TurnBudget;
  /** What is drawn and steps aside at once takes no room in the queue, but time. */
  readonly #drawing: TurnBudget;
  #timer: NodeJS.Timeout | undefined;
  #pumping = false;
  #stopped = false;

  constructor(options: LanesOptions, world: LanesWorld) {
    this.#options = options;
    this.#world = world;
    this.#doubts = new Doubts(options);
    this.#turn = new TurnBudget(options.startsPerTurn, () => this.pump());
    this.#drawing = new TurnBudget(DRAWN_PER_TURN, () => this.pump());
    const { now, limitsOf, crowded } = world;
    this.#turns = new Turns({ now, limitsOf, perLane: options.perLane, wake: () => this.pump() });
    this.#aside = new SteppingAside(options, {
      doubts: this.#doubts,
      turns: this.#turns,
      crowded,
      hasOthers: () => this.#lanes.size > 1,
    });
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  /** Starts nothing more; attempts in flight end by themselves. */
  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
    this.#turn.stop();
    this.#drawing.stop();
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
    if (lane === undefined || lane.deferred === 0) return;
    this.#doubts.leave(lane);
    lane.deferred -= 1;
    this.#doubts.enter(lane);
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
    while (drawn && this.#mayDraw) {
      drawn = false;
      for (const source of this.#sources.turn(this.#world.mayStart)) {
        drawn = true;
        if (this.#drawFrom(source)) this.#sources.push(source);
        if (!this.#mayDraw) break;
      }
    }
  }

  get #mayDraw(): boolean {
    return this.#queued < this.#options.queueCap && !this.#drawing.isSpent;
  }

  /** True: the source may have more. */
  #drawFrom(source: TaskSource): boolean {
    for (let drawn = 0; drawn < DRAWN_AT_ONCE; drawn += 1) {
      if (!this.#mayDraw) return true;
      const task = source.draw();
      if (task === undefined) return false;
      this.#drawing.take();
      this.#enqueue(task);
    }
    return true;
  }

  #enqueue(task: Task): void {
    const now = this.#world.now();
    const lane = this.#laneOf(task.endpointId, now);
    this.#doubts.leave(lane);
    lane.push(task, now);
    this.#doubts.enter(lane);
    this.#queued += 1;
    this.#relieve(lane, now);
    this.#turns.offer(lane);
  }

  /** True: something started, and there may be room to draw again. */
  #startReady(): boolean {
    let started = false;
    let blocked = 0;
    for (const lane of this.#turns) {
      const hasRoom = this.#doubts.hasRoom(this.#inFlight);
      if (!hasRoom || this.#turn.isSpent || blocked >= this.#turns.size) break;
      const task = lane.peek();
      this.#turns.take(lane);
      if (task === undefined) continue;
      if (!this.#doubts.mayBegin(lane, this.#inFlight) || !this.#world.mayStart(task.partition)) {
        blocked += 1;
        this.#turns.putLast(lane);
        continue;
      }
      this.#queued -= 1;
      this.#beginFirst(lane, task);
      // The loop visits what is added meanwhile: the lane has its next turn after all others.
      this.#turns.offer(lane);
      blocked = 0;
      started = true;
    }
    return started && this.#sources.size > 0 && !this.#turn.isSpent;
  }

  /** `task`: the first of its queue. */
  #beginFirst(lane: Lane, task: Task): void {
    const now = this.#world.now();
    this.#doubts.leave(lane);
    lane.shift();
    const token = lane.started(now);
    this.#doubts.enter(lane);
    this.#turns.began(lane, now);
    this.#inFlight += 1;
    this.#turn.take();
    task.attempt().then(
      (wasAsked) => this.#ended(lane, token, wasAsked),
      () => this.#ended(lane, token, false),
    );
  }

  #ended(lane: Lane, token: number, wasAsked: boolean): void {
    const now = this.#world.now();
    this.#doubts.leave(lane);
    if (wasAsked) lane.ended(token, now, this.#options.hangAfterMs);
    else lane.endedUnasked(token);
    this.#doubts.enter(lane);
    this.#inFlight -= 1;
    this.#turns.offer(lane);
    this.#forgetIdle(lane, now);
    this.pump();
  }

  #tick(): void {
    const now = this.#world.now();
    this.#hanging = 0;
    this.#turns.sweep(now);
    for (const lane of this.#lanes.values()) {
      this.#turns.heedLimits(lane);
      this.#doubts.leave(lane);
      lane.look(now, this.#options.hangAfterMs);
      this.#doubts.enter(lane);
      if (lane.hangs) this.#hanging += 1;
      if (lane.queued > 0) this.#relieve(lane, now);
    }
    this.pump();
  }

  #relieve(lane: Lane, now: number): void {
    const gone = this.#aside.relieve(lane, now, this.#queued);
    this.#queued -= gone;
  }

  #laneOf(endpointId: string, now: number): Lane {
    const known = this.#lanes.get(endpointId);
    if (known !== undefined) return known;
    const lane = new Lane(endpointId, this.#doubts.recall(endpointId, now));
    this.#turns.heedLimits(lane);
    this.#lanes.set(endpointId, lane);
    return lane;
  }

  #forgetIdle(lane: Lane, now: number): void {
    // A lane that is idle has nothing to remember but that it was slow; a hundred thousand endpoints must not stay in memory.
    if (!lane.isIdle) return;
    this.#doubts.remember(lane, now);
    this.#lanes.delete(lane.endpointId);
  }
}
