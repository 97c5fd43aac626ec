import type { Successor } from '#domain';
import { topics, type TopicName } from '../topics.ts';
import { fingerprint } from './fingerprint.ts';
import { FingerprintIndex, NONE } from './fingerprint-index.ts';
import type { RecentBudget } from './recent-budget.ts';
import { RecentMember } from './recent-member.ts';

/** What is known of one (delivery, chain) that goes on. */
export interface OpenChain {
  /** Highest attempt that has an outcome (deferrals aside); 0: none. */
  attempt: number;
  /** Highest step whose record was deferred; -1: none. */
  deferredStep: number;
  /** Highest step placed or taken up; -1: none. Steps grow over the whole chain, so they alone give the order. */
  step: number;
  /** The record that was taken up at `step`, for which attempt; offset -1: placed, not met yet. */
  topic: TopicName | null;
  offset: number;
  inHand: number;
  /** Step of the placement that is on its way from the record in hand; -1: none. */
  placing: number;
  /** Successor of the newest outcome, while it may have to be placed again (R8). */
  next: Successor | null;
  /** The attempt and step of the record which that outcome was about. */
  nextAfterAttempt: number;
  nextAfterStep: number;
}

export function freshChain(): OpenChain {
  return {
    attempt: 0,
    deferredStep: -1,
    step: -1,
    topic: null,
    offset: -1,
    inHand: 0,
    placing: -1,
    next: null,
    nextAfterAttempt: 0,
    nextAfterStep: -1,
  };
}

const FIRST_CAPACITY = 256;
const INTS = 8;
/** One takes as much memory as two that have ended. */
const WEIGHT = 2;
const topicNames = topics.map(({ name }) => name);

/**
 * Chains that go on, least recently changed first to be forgotten: by age, and by the count of its budget. Packed, 90 bytes
 * each where objects take 400: when an endpoint hangs, everything for it waits in tiers, and all of that is open
 * (decision 0022). `get` gives a copy: a change counts once it is `set`.
 *
 * 1. A place is in the index and in the list from least to most recently set, or in the list of free ones.
 * 2. A successor is kept beside the arrays: only chains of an owner before have one (R8).
 */
export class OpenChains extends RecentMember {
  readonly #sought = new Uint32Array(4);
  #index = new FingerprintIndex(FIRST_CAPACITY);
  #ints = new Int32Array(FIRST_CAPACITY * INTS);
  #offsets = new Float64Array(FIRST_CAPACITY);
  #times = new Float64Array(FIRST_CAPACITY);
  #newer = new Int32Array(FIRST_CAPACITY);
  #older = new Int32Array(FIRST_CAPACITY);
  #next = new Map<number, Successor>();
  #oldest = NONE;
  #newest = NONE;
  /** Linked by `#newer`. */
  #free = NONE;
  /** Places from here on were never used. */
  #unused = 0;

  constructor(budget: RecentBudget) {
    super(budget, WEIGHT);
  }

  /** Places that memory is there for. */
  get capacity(): number {
    return this.#index.capacity;
  }

  override get oldestAt(): number {
    return this.#oldest === NONE ? Infinity : (this.#times[this.#oldest] as number);
  }

  /** Undefined for what is past its time. */
  get(key: string, now: number): OpenChain | undefined {
    const place = this.#find(key);
    if (place === NONE || this.isPast(this.#times[place] as number, now)) return undefined;
    return this.#read(place);
  }

  /** Adds or replaces, and counts from `now` on. */
  set(key: string, chain: OpenChain, now: number): void {
    if (this.isClosed) return;
    this.dropPast(now);
    let place = this.#find(key);
    const isNew = place === NONE;
    if (isNew) {
      place = this.#take();
      this.#index.enter(place, this.#sought);
    } else {
      this.#unlink(place);
    }
    this.#write(place, chain, now);
    this.#link(place);
    if (isNew) this.added();
  }

  delete(key: string): void {
    const place = this.#find(key);
    if (place !== NONE) this.#drop(place);
  }

  override dropOldest(): void {
    if (this.#oldest !== NONE) this.#drop(this.#oldest);
  }

  override close(): void {
    super.close();
    this.#oldest = NONE;
    this.#index = new FingerprintIndex(1);
    this.#next.clear();
  }

  #find(key: string): number {
    fingerprint(key, this.#sought);
    return this.#index.find(this.#sought);
  }

  #read(place: number): OpenChain {
    const at = place * INTS;
    const int = (n: number): number => this.#ints[at + n] as number;
    const topic = int(3);
    return {
      attempt: int(0),
      deferredStep: int(1),
      step: int(2),
      topic: topic === NONE ? null : (topicNames[topic] ?? null),
      offset: this.#offsets[place] as number,
      inHand: int(4),
      placing: int(5),
      next: this.#next.get(place) ?? null,
      nextAfterAttempt: int(6),
      nextAfterStep: int(7),
    };
  }

  #write(place: number, chain: OpenChain, now: number): void {
    const ints = this.#ints;
    const at = place * INTS;
    ints[at] = chain.attempt;
    ints[at + 1] = chain.deferredStep;
    ints[at + 2] = chain.step;
    ints[at + 3] = chain.topic === null ? NONE : topicNames.indexOf(chain.topic);
    ints[at + 4] = chain.inHand;
    ints[at + 5] = chain.placing;
    ints[at + 6] = chain.nextAfterAttempt;
    ints[at + 7] = chain.nextAfterStep;
    this.#offsets[place] = chain.offset;
    this.#times[place] = now;
    if (chain.next !== null) this.#next.set(place, chain.next);
    else if (this.#next.size > 0) this.#next.delete(place);
  }

  #drop(place: number): void {
    this.#index.free(place);
    this.#unlink(place);
    this.#next.delete(place);
    this.#newer[place] = this.#free;
    this.#free = place;
    this.dropped();
    const smaller = this.smaller(this.#index.capacity);
    if (smaller !== undefined) this.#resize(smaller);
  }

  #take(): number {
    const place = this.#free;
    if (place !== NONE) {
      this.#free = this.#newer[place] as number;
      return place;
    }
    if (this.#unused === this.#index.capacity) this.#resize(this.#unused * 2);
    this.#unused += 1;
    return this.#unused - 1;
  }

  /** As the most recent one. */
  #link(place: number): void {
    this.#older[place] = this.#newest;
    this.#newer[place] = NONE;
    if (this.#newest === NONE) this.#oldest = place;
    else this.#newer[this.#newest] = place;
    this.#newest = place;
  }

  #unlink(place: number): void {
    const [older, newer] = [this.#older[place] as number, this.#newer[place] as number];
    if (older === NONE) this.#oldest = newer;
    else this.#newer[older] = newer;
    if (newer === NONE) this.#newest = older;
    else this.#older[newer] = older;
  }

  /** Moves to a store with `capacity` places: all to its beginning, in order of their last change. */
  #resize(capacity: number): void {
    const index = new FingerprintIndex(capacity);
    const ints = new Int32Array(capacity * INTS);
    const [offsets, times] = [new Float64Array(capacity), new Float64Array(capacity)];
    const [newer, older] = [new Int32Array(capacity), new Int32Array(capacity)];
    const next = new Map<number, Successor>();
    let to = 0;
    for (let from = this.#oldest; from !== NONE; from = this.#newer[from] as number) {
      index.adopt(to, this.#index, from);
      ints.set(this.#ints.subarray(from * INTS, (from + 1) * INTS), to * INTS);
      offsets[to] = this.#offsets[from] as number;
      times[to] = this.#times[from] as number;
      newer[to] = to + 1;
      older[to] = to === 0 ? NONE : to - 1;
      const successor = this.#next.get(from);
      if (successor !== undefined) next.set(to, successor);
      to += 1;
    }
    this.#index = index;
    this.#ints = ints;
    this.#offsets = offsets;
    this.#times = times;
    this.#newer = newer;
    this.#older = older;
    this.#next = next;
    this.#oldest = to === 0 ? NONE : 0;
    this.#newest = to === 0 ? NONE : to - 1;
    if (to > 0) newer[to - 1] = NONE;
    this.#free = NONE;
    this.#unused = to;
  }
}
