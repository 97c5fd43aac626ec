import { tiers } from '#domain';
import { Fifo } from './fifo.ts';
import { Lane } from './lane.ts';
import type { Task, TaskSource } from './task.ts';

export interface LanesOptions {
  /** Attempts in flight of one endpoint at most. */
  readonly perLane: number;
  /** Attempts in flight of all endpoints together. */
  readonly slots: number;
  /** Tasks drawn and waiting, of all lanes together. */
  readonly queueCap: number;
  /** A lane whose oldest attempt has taken longer hangs; hanging lanes share at most half of the slots. */
  readonly hangAfterMs: number;
  /** A task that has waited this long, or would, steps aside when others wait behind it. */
  readonly patienceMs: number;
}

export const defaultLanesOptions: LanesOptions = {
  perLane: 64,
  slots: 512,
  queueCap: 4_096,
  hangAfterMs: 2_000,
  patienceMs: 5_000,
};

export interface LanesWorld {
  /** Monotonic ms. */
  readonly now: () => number;
  /** R14: may an attempt of this partition start now? */
  readonly mayStart: (partition: number) => boolean;
  /** Are records waiting behind those already taken (a window over half full)? */
  readonly crowded: () => boolean;
}

const TICK_MS = 100;
/** Tasks drawn from one source before the next has its turn, so that a wide fan-out does not block the others. */
const DRAWN_AT_ONCE = 64;
const MIN_DEFERRAL_MS = 4_000;

/**
 * Who may send now (P8, R17–R19). All on one thread, so each method runs to its end before the next.
 *
 * 1. A lane has at most `perLane` attempts in flight, all lanes `slots`, those that hang half of it.
 * 2. Lanes take turns: one attempt each, in the order in which they became ready.
 * 3. Tasks are drawn from sources only while fewer than `queueCap` wait, so memory does not grow with fan-out.
 * 4. A task is deferred only while other lanes have work and it is crowded: a lone busy endpoint gets back-pressure.
 * 5. A slot is given back when the attempt ends, whatever its end.
 */
export class Lanes {
  readonly #options: LanesOptions;
  readonly #world: LanesWorld;
  readonly #lanes = new Map<string, Lane>();
  /** Lanes with something queued and room in flight, in turn. A Set keeps the order of insertion. */
  readonly #ready = new Set<Lane>();
  readonly #hanging = new Set<Lane>();
  readonly #sources = new Fifo<TaskSource>();
  #inFlight = 0;
  #queued = 0;
  #timer: NodeJS.Timeout | undefined;
  #pumping = false;
  #stopped = false;

  constructor(options: LanesOptions, world: LanesWorld) {
    this.#options = options;
    this.#world = world;
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  /** Starts nothing more; attempts in flight end by themselves. */
  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
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
    return this.#hanging.size;
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
      do {
        this.#draw();
      } while (this.#startReady());
    } finally {
      this.#pumping = false;
    }
  }

  #draw(): void {
    while (this.#sources.size > 0 && this.#queued < this.#options.queueCap) {
      const source = this.#sources.shift();
      if (source === undefined) return;
      if (this.#drawFrom(source)) this.#sources.push(source);
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
    if (this.#wouldWaitTooLong(lane, now) && this.#othersWait(lane) && this.#stepAside(lane, task, now))
      return;
    lane.push(task, now);
    this.#queued += 1;
    if (lane.inFlight < this.#options.perLane) this.#ready.add(lane);
  }

  /** True: something started, and there may be room to draw again. */
  #startReady(): boolean {
    let started = false;
    let blocked = 0;
    for (const lane of this.#ready) {
      if (this.#inFlight >= this.#options.slots || blocked >= this.#ready.size) break;
      const task = lane.peek();
      this.#ready.delete(lane);
      if (task === undefined) continue;
      if (!this.#mayStart(lane, task)) {
        blocked += 1;
        this.#ready.add(lane);
        continue;
      }
      lane.shift();
      this.#queued -= 1;
      // Iteration over a Set visits what is added meanwhile: the lane has its next turn after all others.
      if (lane.queued > 0 && lane.inFlight + 1 < this.#options.perLane) this.#ready.add(lane);
      this.#begin(lane, task);
      blocked = 0;
      started = true;
    }
    return started && this.#sources.size > 0;
  }

  #mayStart(lane: Lane, task: Task): boolean {
    if (!this.#world.mayStart(task.partition)) return false;
    return !this.#hanging.has(lane) || this.#hangingInFlight() < this.#options.slots / 2;
  }

  #begin(lane: Lane, task: Task): void {
    const token = lane.started(this.#world.now());
    this.#inFlight += 1;
    void task.attempt().finally(() => {
      lane.ended(token, this.#world.now());
      this.#inFlight -= 1;
      if (lane.queued > 0) this.#ready.add(lane);
      this.#forgetIdle(lane);
      this.pump();
    });
  }

  #hangingInFlight(): number {
    let sum = 0;
    for (const lane of this.#hanging) sum += lane.inFlight;
    return sum;
  }

  #tick(): void {
    const now = this.#world.now();
    this.#hanging.clear();
    for (const lane of this.#lanes.values()) {
      if (lane.oldestMs(now) > this.#options.hangAfterMs) this.#hanging.add(lane);
    }
    for (const lane of this.#lanes.values()) this.#relieve(lane, now);
    this.pump();
  }

  /** Those that have waited too long already step aside, oldest first. */
  #relieve(lane: Lane, now: number): void {
    while (lane.waited(now) > this.#options.patienceMs && this.#othersWait(lane)) {
      const task = lane.peek();
      if (task === undefined || !this.#stepAside(lane, task, now)) return;
      lane.shift();
      this.#queued -= 1;
      if (lane.queued === 0) this.#ready.delete(lane);
    }
  }

  #wouldWaitTooLong(lane: Lane, now: number): boolean {
    if (lane.queued < this.#options.perLane) return false;
    return (lane.queued * 1_000) / lane.pace(this.#options.perLane, now) > this.#options.patienceMs;
  }

  #othersWait(lane: Lane): boolean {
    if (!this.#world.crowded() && this.#queued < this.#options.queueCap / 2) return false;
    return this.#lanes.size > 1 || !this.#lanes.has(lane.endpointId);
  }

  #stepAside(lane: Lane, task: Task, now: number): boolean {
    const seconds = lane.deferred / lane.pace(this.#options.perLane, now);
    if (!task.defer(tierAtLeast(Math.max(seconds * 1_000, MIN_DEFERRAL_MS)))) return false;
    lane.deferred += 1;
    return true;
  }

  #laneOf(endpointId: string): Lane {
    const known = this.#lanes.get(endpointId);
    if (known !== undefined) return known;
    const lane = new Lane(endpointId);
    this.#lanes.set(endpointId, lane);
    return lane;
  }

  #forgetIdle(lane: Lane): void {
    // A lane that is idle has nothing to remember; a hundred thousand endpoints must not stay in memory.
    if (lane.isIdle) {
      this.#lanes.delete(lane.endpointId);
      this.#hanging.delete(lane);
    }
  }
}

/** The shortest tier that waits at least `ms`: a deferral is one hop, back at the speed it can be sent (R18). */
function tierAtLeast(ms: number): number {
  for (const tier of tiers) if (tier.delayMs >= ms) return tier.delayMs;
  return tiers.at(-1)?.delayMs ?? ms;
}
