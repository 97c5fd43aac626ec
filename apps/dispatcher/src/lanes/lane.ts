import { noEndpointLimits, type EndpointLimits } from '#domain';
import { Fifo } from './fifo.ts';
import type { Task } from './task.ts';

/** How much one attempt counts in the running mean of durations: about the last dozen matter. */
const WEIGHT = 0.15;

interface Queued {
  readonly task: Task;
  readonly since: number;
}

/** The attempts of one endpoint: those in flight, and those waiting for a slot, first come first served. */
export class Lane {
  readonly endpointId: string;
  /** As its receiver wishes; looked up anew now and then. */
  limits: EndpointLimits = noEndpointLimits;
  inFlight = 0;
  /** Outstanding in tiers because they stepped aside; what a new one would come back behind (R18). */
  deferred = 0;
  /** Its oldest attempt has taken too long. */
  hangs = false;
  /** Monotonic ms since when nothing came back as quickly as it should; undefined: it does. */
  #slowSince: number | undefined;
  readonly #queue = new Fifo<Queued>();
  #meanMs: number | undefined;
  /** Start times of attempts in flight; insertion order is start order. */
  readonly #started = new Map<number, number>();
  #nextStart = 0;
  /** The token of the first attempt that was started after the last one ended. */
  #firstUnanswered = 0;

  /** `slowSince`: it has been, as far as anybody has seen. */
  constructor(endpointId: string, slowSince?: number) {
    this.endpointId = endpointId;
    this.#slowSince = slowSince;
  }

  get queued(): number {
    return this.#queue.size;
  }

  get isIdle(): boolean {
    return this.queued === 0 && this.inFlight === 0 && this.deferred === 0;
  }

  /** Its receiver takes less than it could be sent: it is slow by choice, for as long as it has work. */
  get isLimited(): boolean {
    return this.limits.perSecond !== null || this.limits.concurrency !== null;
  }

  push(task: Task, now: number): void {
    this.#queue.push({ task, since: now });
  }

  peek(): Task | undefined {
    return this.#queue.peek()?.task;
  }

  peekLast(): Task | undefined {
    return this.#queue.peekLast()?.task;
  }

  /** Takes the last of the queue. */
  pop(): Task | undefined {
    return this.#queue.pop()?.task;
  }

  shift(): Task | undefined {
    return this.#queue.shift()?.task;
  }

  /** Ms that the first in the queue has waited; 0 for an empty one. */
  waited(now: number): number {
    const entry = this.#queue.peek();
    return entry === undefined ? 0 : now - entry.since;
  }

  started(now: number): number {
    this.inFlight += 1;
    const token = this.#nextStart;
    this.#nextStart += 1;
    this.#started.set(token, now);
    return token;
  }

  /** Nothing was sent: nothing is known of the endpoint. */
  endedUnasked(token: number): void {
    this.#started.delete(token);
    this.inFlight -= 1;
    this.#firstUnanswered = Math.min(this.#nextStart, this.#firstUnanswered + 1);
  }

  /** `slowMs`: an attempt that took less shows that the endpoint is well. */
  ended(token: number, now: number, slowMs: number): void {
    const since = this.#started.get(token) ?? now;
    this.#started.delete(token);
    this.inFlight -= 1;
    this.#firstUnanswered = this.#nextStart;
    const took = now - since;
    if (took < slowMs) this.#slowSince = undefined;
    else this.#slowSince ??= since;
    this.#meanMs = this.#meanMs === undefined ? took : this.#meanMs + WEIGHT * (took - this.#meanMs);
  }

  get isSlow(): boolean {
    return this.#slowSince !== undefined;
  }

  /** It has answered since the last attempt was begun, or has none to answer. */
  get isTrusted(): boolean {
    return !this.isSlow && this.#unanswered === 0;
  }

  /** Attempts in flight that hang, or may: of a lane that has answered since, none; its first one is given credit. */
  get doubtful(): number {
    return this.isSlow ? this.inFlight : Math.max(0, this.#unanswered - 1);
  }

  /** Started since the last one ended: nobody knows yet whether they will come back. */
  get #unanswered(): number {
    return this.#nextStart - this.#firstUnanswered;
  }

  /** Looked at now and then. */
  look(now: number, slowMs: number): void {
    const oldestMs = this.oldestMs(now);
    this.hangs = oldestMs > slowMs;
    if (this.hangs) this.#slowSince ??= now - oldestMs;
  }

  /** Ms for which it has been slow: what is known of how long it will be. 0: it is not. */
  slowForMs(now: number): number {
    return this.#slowSince === undefined ? 0 : now - this.#slowSince;
  }

  /** Ms that the oldest attempt in flight has taken so far. */
  oldestMs(now: number): number {
    const oldest = this.#started.values().next();
    return oldest.done ? 0 : now - oldest.value;
  }

  /**
   * Attempts a second that `slots` in flight complete, by what has been seen to complete (R17). A lane that has
   * completed none yet counts as fast, until its attempts in flight have taken long themselves.
   */
  pace(slots: number, now: number): number {
    const meanMs = Math.max(this.#meanMs ?? 1, this.inFlight > 0 ? this.oldestMs(now) / 2 : 0, 1);
    return (slots * 1_000) / meanMs;
  }
}
