import { scaled, tierDelayMs } from '#domain';
import { retryTopics, TierClock, tierOf, type LogRecord, type TopicName, type WaitingBudget } from '#log';
import type { Desk } from './desk.ts';

/** Woken records of one topic that may be in hand at once: those behind them wait where they are, in their clock. */
const WOKEN_AT_ONCE = 1_024;
/** … and however many are in hand of the others. */
const WOKEN_ALWAYS = 64;

/** Where to fetch again. */
export interface Refetch {
  readonly topic: TopicName;
  readonly offset: number;
}

/**
 * The clocks of one partition's retry topics.
 *
 * 1. A record beyond the cap leaves the window too, and everything behind it, until it is fetched again (R16).
 * 2. Records wake in order, and only while not too many woken ones are in hand: due is a right to go, not memory.
 */
export class Tiers {
  readonly #desk: Desk;
  readonly #clocks = new Map<TopicName, TierClock>();
  readonly #roomOfProcess: () => number;

  /** `roomOfProcess`: how many more woken records the process may have in hand. */
  constructor(desk: Desk, timeScale: number, budget: WaitingBudget, roomOfProcess: () => number) {
    this.#desk = desk;
    this.#roomOfProcess = roomOfProcess;
    for (const topic of retryTopics) {
      const tier = tierOf(topic);
      if (tier !== undefined)
        this.#clocks.set(topic, new TierClock(scaled(tierDelayMs(tier), timeScale), budget));
    }
  }

  has(topic: TopicName): boolean {
    return this.#clocks.has(topic);
  }

  /** Records that come while a tail is dropped belong to it: they are not even looked at. */
  isDropping(topic: TopicName): boolean {
    return this.#clocks.get(topic)?.hasDropped ?? false;
  }

  push(record: LogRecord): void {
    if (this.#clocks.get(record.topic)?.push(record, this.#desk.now())) return;
    this.#desk.windows.get(record.topic)?.forget(record.offset);
  }

  due(now: number): LogRecord[] {
    const woken: LogRecord[] = [];
    for (const [topic, clock] of this.#clocks) {
      const room = clock.length === 0 ? 0 : this.#roomToWake(topic, clock);
      if (room > 0) woken.push(...clock.due(now, room));
    }
    return woken;
  }

  refetches(now: number): Refetch[] {
    const found: Refetch[] = [];
    for (const [topic, clock] of this.#clocks) {
      const offset = clock.refetchFrom(now);
      if (offset !== undefined) found.push({ topic, offset });
    }
    return found;
  }

  /** Epoch ms at which to look again; undefined: nothing waits that may wake before some that are in hand are done. */
  nextAt(): number | undefined {
    let next: number | undefined;
    for (const [topic, clock] of this.#clocks) {
      if (clock.length === 0 && !clock.hasDropped) continue;
      if (this.#inHand(topic, clock) >= WOKEN_ALWAYS && this.#roomToWake(topic, clock) <= 0) continue;
      const at = clock.nextDueAt();
      if (at !== undefined && (next === undefined || at < next)) next = at;
    }
    return next;
  }

  /** Epoch ms at which the first of this topic that waits in memory is, or was, due. */
  headDueAt(topic: TopicName): number | undefined {
    return this.#clocks.get(topic)?.headDueAt;
  }

  close(): void {
    for (const clock of this.#clocks.values()) clock.clear();
  }

  /** Woken, and in hand. */
  get woken(): number {
    let sum = 0;
    for (const [topic, clock] of this.#clocks) sum += this.#inHand(topic, clock);
    return sum;
  }

  #roomToWake(topic: TopicName, clock: TierClock): number {
    const inHand = this.#inHand(topic, clock);
    if (inHand >= WOKEN_AT_ONCE) return 0;
    return Math.max(WOKEN_ALWAYS - inHand, Math.min(WOKEN_AT_ONCE - inHand, this.#roomOfProcess()));
  }

  #inHand(topic: TopicName, clock: TierClock): number {
    return (this.#desk.windows.get(topic)?.count ?? 0) - clock.length;
  }
}
