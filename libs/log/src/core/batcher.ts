import { LogError } from '../port/log-error.ts';
import type { Log } from '../port/log.ts';
import { sizeOf, type Appended, type NewRecord } from '../port/record.ts';
import { Lane, type Entry } from './batch-lane.ts';

export interface BatcherOptions {
  /** Cut of one batch, per partition of a topic: kafkajs makes one record batch of it (R13). */
  readonly laneBytes?: number;
  /** Cut of one append over all partitions. */
  readonly batchBytes?: number;
  /**
   * Appends begin so many ms after each other at least, over time, unless `gatherRecords` wait; the first ones after a lull
   * wait for nothing. 0: each begins as soon as the one before is answered.
   */
  readonly gatherMs?: number;
  readonly gatherRecords?: number;
  /** Wait after the first refusal; doubles with each up to `maxBackoffMs`. */
  readonly backoffMs?: number;
  readonly maxBackoffMs?: number;
  /** Told of each refusal that is tried again. */
  readonly onTrouble?: (error: LogError, tries: number) => void;
}

/** Appends that may follow each other at once: an outcome and its successor, say. */
const IN_A_ROW = 4;

/**
 * Appends as large batches as the moment offers: one append is in flight, and whatever gathered meanwhile is the next one.
 * Where records come fast, and may wait, they gather for a moment longer: an append costs the log a fixed price.
 *
 * 1. Records of one partition of a topic are appended in the order of the calls; the next ones wait for the ones before.
 * 2. A retryable refusal is tried again until it succeeds or `stop()`; nothing is dropped (R13, R14).
 * 3. Where the log says which records became durable all the same, only the others are sent again, each partition by
 *    itself ("aside"), so that one offline partition holds up only itself (R14).
 * 4. A terminal refusal fails the record that caused it, never its batch mates (R13).
 */
export class Batcher {
  readonly #log: Pick<Log, 'append'>;
  readonly #laneBytes: number;
  readonly #batchBytes: number;
  readonly #gatherMs: number;
  readonly #gatherRecords: number;
  readonly #backoffMs: number;
  readonly #maxBackoffMs: number;
  readonly #onTrouble: (error: LogError, tries: number) => void;
  /** One per topic and partition ever used. */
  readonly #lanes = new Map<string, Lane[]>();
  /** Lanes with something waiting for the main append; in order of who waits longest. */
  readonly #ready = new Set<Lane>();
  readonly #wakeups = new Map<NodeJS.Timeout, () => void>();
  #idleWaiters: (() => void)[] = [];
  #open = 0;
  /** Monotonic ms at which the appends that were made have had their time. */
  #takenUntil = 0;
  #endGathering: (() => void) | undefined;
  #mainBusy = false;
  #stopped = false;

  constructor(log: Pick<Log, 'append'>, options: BatcherOptions = {}) {
    this.#log = log;
    this.#laneBytes = options.laneBytes ?? 512 * 1_024;
    this.#batchBytes = options.batchBytes ?? 8 * 1_024 * 1_024;
    this.#gatherMs = options.gatherMs ?? 0;
    this.#gatherRecords = options.gatherRecords ?? Infinity;
    this.#backoffMs = options.backoffMs ?? 50;
    this.#maxBackoffMs = options.maxBackoffMs ?? 2_000;
    this.#onTrouble = options.onTrouble ?? (() => {});
  }

  /** Durable when it resolves. Rejects with a terminal {@link LogError}, or `log_closed` once stopped. */
  append(record: NewRecord): Promise<Appended> {
    if (this.#stopped) return Promise.reject(stopped());
    return new Promise((resolve, reject) => {
      const lane = this.#laneOf(record);
      lane.push({ lane, record, size: sizeOf(record), since: performance.now(), resolve, reject });
      this.#open += 1;
      if (lane.aside) return;
      this.#ready.add(lane);
      this.#kick();
      if (this.#open >= this.#gatherRecords) this.#endGathering?.();
    });
  }

  /** How long the oldest append of partition p, of any topic, has waited; 0: none does (R14). */
  oldestWaitMs(partition: number): number {
    let since = Infinity;
    for (const lanes of this.#lanes.values()) since = Math.min(since, lanes[partition]?.oldest ?? Infinity);
    return since === Infinity ? 0 : performance.now() - since;
  }

  /** Appends not yet answered. */
  get waiting(): number {
    return this.#open;
  }

  /** Resolves when nothing waits or is in flight. */
  idle(): Promise<void> {
    if (this.#open === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idleWaiters.push(resolve));
  }

  /** Gives up: what waits is rejected with `log_closed` now, what is in flight by its answer. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#endGathering?.();
    for (const [timer, wake] of this.#wakeups) {
      clearTimeout(timer);
      wake();
    }
    this.#wakeups.clear();
    for (const lanes of this.#lanes.values()) {
      for (const lane of lanes) if (lane !== undefined) this.#fail(lane.takeAll(), stopped());
    }
    this.#ready.clear();
  }

  #laneOf(record: NewRecord): Lane {
    let lanes = this.#lanes.get(record.topic);
    if (lanes === undefined) this.#lanes.set(record.topic, (lanes = []));
    return (lanes[record.partition] ??= new Lane());
  }

  /** In a microtask: what is appended in the same turn goes out together. */
  #kick(): void {
    if (this.#mainBusy) return;
    this.#mainBusy = true;
    queueMicrotask(() => void this.#main());
  }

  async #main(): Promise<void> {
    while (this.#ready.size > 0) {
      const gathered = this.#gather();
      if (gathered !== undefined) await gathered;
      this.#takeTime();
      await this.#send(this.#cut(), false);
    }
    this.#mainBusy = false;
  }

  /** However fast appends followed each other, because many waited: the next one waits for `gatherMs` at most. */
  #takeTime(): void {
    const now = performance.now();
    const taken = Math.max(this.#takenUntil, now) + this.#gatherMs;
    this.#takenUntil = Math.min(taken, now + (IN_A_ROW + 1) * this.#gatherMs);
  }

  /** Undefined: there is nothing to wait for. */
  #gather(): Promise<void> | undefined {
    const ms = this.#takenUntil - IN_A_ROW * this.#gatherMs - performance.now();
    if (ms <= 0 || this.#open >= this.#gatherRecords || this.#stopped) return undefined;
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#endGathering = undefined;
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.#endGathering = end;
    });
  }

  #cut(): Entry[] {
    const batch: Entry[] = [];
    let room = this.#batchBytes;
    let left = this.#ready.size;
    for (const lane of this.#ready) {
      // Lanes with more than their cut are put behind the others, where this very loop would meet them again.
      if (left === 0 || room <= 0) break;
      left -= 1;
      room -= lane.cut(this.#laneBytes, batch);
      this.#ready.delete(lane);
      if (lane.length > 0) this.#ready.add(lane);
    }
    return batch;
  }

  /** Until each entry is answered or, in the main append, its lane went aside. `aside`: the one lane of the batch. */
  async #send(entries: readonly Entry[], aside: boolean): Promise<void> {
    let batch = entries;
    for (let tries = 1; ; tries += 1) {
      const error = await this.#attempt(batch);
      if (error === undefined) return;
      if (!(error instanceof LogError) || !error.retryable) return this.#refused(batch, error, aside);
      if (this.#stopped) return this.#fail(batch, stopped());
      this.#onTrouble(error, tries);
      if (error.appended !== undefined) {
        batch = this.#missing(batch, error.appended);
        if (!aside) return this.#sendAside(batch);
        if (batch.length === 0) return;
      }
      await this.#backoff(tries);
      if (this.#stopped) return this.#fail(batch, stopped());
    }
  }

  async #attempt(batch: readonly Entry[]): Promise<unknown> {
    try {
      const answers = await this.#log.append(batch.map((entry) => entry.record));
      batch.forEach((entry, at) => this.#settle(entry, answers[at]));
      return undefined;
    } catch (error) {
      return error;
    }
  }

  /** Invariant 4: halves a refused batch until the record that caused it stands alone; in order, so 1 holds. */
  async #refused(batch: readonly Entry[], error: unknown, aside: boolean): Promise<void> {
    const ofOneRecord = error instanceof LogError && error.code === 'record_too_large';
    if (batch.length === 1 || !ofOneRecord) return this.#fail(batch, error);
    const half = batch.length >>> 1;
    await this.#send(batch.slice(0, half), aside);
    // The first half may have gone aside: what follows it there waits for it.
    const rest = batch.slice(half);
    if (!aside) for (const [lane, own] of byLane(rest)) if (lane.aside) lane.putBack(own);
    const ready = aside ? rest : rest.filter((entry) => !entry.lane.aside);
    if (ready.length > 0) await this.#send(ready, aside);
  }

  /** Answers what is durable; gives what is not. */
  #missing(batch: readonly Entry[], appended: readonly (Appended | undefined)[]): readonly Entry[] {
    return batch.filter((entry, at) => {
      const answer = appended[at];
      if (answer !== undefined) this.#settle(entry, answer);
      return answer === undefined;
    });
  }

  /** Invariant 3. Returns at once: the main append goes on with the other lanes. */
  #sendAside(entries: readonly Entry[]): void {
    for (const [lane, own] of byLane(entries)) {
      lane.aside = true;
      this.#ready.delete(lane);
      void this.#aside(lane, own);
    }
  }

  async #aside(lane: Lane, entries: readonly Entry[]): Promise<void> {
    await this.#backoff(1);
    if (this.#stopped) this.#fail(entries, stopped());
    else await this.#send(entries, true);
    lane.aside = false;
    if (lane.length === 0 || this.#stopped) return;
    this.#ready.add(lane);
    this.#kick();
  }

  #settle(entry: Entry, answer: Appended | undefined): void {
    if (!entry.lane.settled(entry)) return;
    this.#open -= 1;
    if (answer === undefined) entry.reject(new LogError('log_unavailable', 'the log gave no answer'));
    else entry.resolve(answer);
    this.#tellIdle();
  }

  #fail(entries: readonly Entry[], error: unknown): void {
    for (const entry of entries) {
      if (!entry.lane.settled(entry)) continue;
      this.#open -= 1;
      entry.reject(error);
    }
    this.#tellIdle();
  }

  #tellIdle(): void {
    if (this.#open > 0) return;
    const waiters = this.#idleWaiters;
    this.#idleWaiters = [];
    for (const wake of waiters) wake();
  }

  #backoff(tries: number): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    const ms = Math.min(this.#maxBackoffMs, this.#backoffMs * 2 ** Math.min(tries - 1, 20));
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#wakeups.delete(timer);
        resolve();
      }, ms);
      this.#wakeups.set(timer, resolve);
    });
  }
}

function byLane(entries: readonly Entry[]): Map<Lane, Entry[]> {
  const lanes = new Map<Lane, Entry[]>();
  for (const entry of entries) {
    const own = lanes.get(entry.lane);
    if (own === undefined) lanes.set(entry.lane, [entry]);
    else own.push(entry);
  }
  return lanes;
}

const stopped = () => new LogError('log_closed', 'the batcher was stopped before the record became durable');
