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
/** One takes as much memory as two that have ended. */
const WEIGHT = 2;
/** Offset and time; what {@link OpenChain} tells in small numbers, and its neighbours by age. */
const FLOATS = 2;
const INTS = 10;
const NEWER = 8;
const OLDER = 9;
const SHAPE = { floats: FLOATS, ints: INTS };
const topicNames = topics.map(({ name }) => name);

/**
 * Chains that go on, least recently changed first to be forgotten: by age, and by the count of its budget. Packed, 90 bytes
 * each where objects take 400: when an endpoint hangs, everything for it waits in tiers, and all of that is open
 * (decision 0022). `get` gives a copy: a change counts once it is `set`.
 *
 * 1. A place is in the index and in the list from least to most recently set, or it is free, or was never used.
 * 2. A successor is kept beside the pages: only chains of an owner before have one (R8).
 */
export class OpenChains extends RecentMember {
  readonly #sought = new Uint32Array(4);
  #index = new FingerprintIndex(FIRST_CAPACITY, SHAPE);
  #next = new Map<number, Successor>();
  #oldest = NONE;
  #newest = NONE;
  #free: number[] = [];
  /** Places from here on were never used. */
  #unused = 0;

  constructor(budget: RecentBudget) {
    super(budget, WEIGHT);
  }

  /** Places that memory is there for. */
  get places(): number {
    return this.#index.pages.places;
  }

  override get oldestAt(): number {
    return this.#oldest === NONE ? Infinity : this.#timeOf(this.#oldest);
  }

  /** Undefined for what is past its time. */
  get(key: string, now: number): OpenChain | undefined {
    const place = this.#find(key);
    if (place === NONE || this.isPast(this.#timeOf(place), now)) return undefined;
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
    this.#index = new FingerprintIndex(1, SHAPE);
    this.#free = [];
    this.#next.clear();
  }

  #find(key: string): number {
    fingerprint(key, this.#sought);
    return this.#index.find(this.#sought);
  }

  #timeOf(place: number): number {
    const { pages } = this.#index;
    return pages.of(place).floats[pages.within(place) * FLOATS + 1] as number;
  }

  #read(place: number): OpenChain {
    const { pages } = this.#index;
    const { ints, floats } = pages.of(place);
    const at = pages.within(place) * INTS;
    const int = (n: number): number => ints[at + n] as number;
    const topic = int(3);
    return {
      attempt: int(0),
      deferredStep: int(1),
      step: int(2),
      topic: topic === NONE ? null : (topicNames[topic] ?? null),
      offset: floats[pages.within(place) * FLOATS] as number,
      inHand: int(4),
      placing: int(5),
      next: this.#next.get(place) ?? null,
      nextAfterAttempt: int(6),
      nextAfterStep: int(7),
    };
  }

  #write(place: number, chain: OpenChain, now: number): void {
    const { pages } = this.#index;
    const { ints, floats } = pages.of(place);
    const at = pages.within(place) * INTS;
    ints[at] = chain.attempt;
    ints[at + 1] = chain.deferredStep;
    ints[at + 2] = chain.step;
    ints[at + 3] = chain.topic === null ? NONE : topicNames.indexOf(chain.topic);
    ints[at + 4] = chain.inHand;
    ints[at + 5] = chain.placing;
    ints[at + 6] = chain.nextAfterAttempt;
    ints[at + 7] = chain.nextAfterStep;
    const first = pages.within(place) * FLOATS;
    floats[first] = chain.offset;
    floats[first + 1] = now;
    if (chain.next !== null) this.#next.set(place, chain.next);
    else if (this.#next.size > 0) this.#next.delete(place);
  }

  #drop(place: number): void {
    this.#unlink(place);
    this.#index.free(place);
    this.#next.delete(place);
    this.#free.push(place);
    this.dropped();
    const smaller = this.smaller(this.#index.capacity);
    if (smaller !== undefined) this.#resize(smaller);
    else if (this.isSparse(this.places)) this.#resize(this.#index.capacity);
  }

  #take(): number {
    const place = this.#free.pop();
    if (place !== undefined) return place;
    if (this.#unused === this.#index.capacity) this.#resize(this.#unused * 2);
    this.#unused += 1;
    return this.#unused - 1;
  }

  /** As the most recent one. */
  #link(place: number): void {
    this.#neighbour(place, OLDER, this.#newest);
    this.#neighbour(place, NEWER, NONE);
    if (this.#newest === NONE) this.#oldest = place;
    else this.#neighbour(this.#newest, NEWER, place);
    this.#newest = place;
  }

  #unlink(place: number): void {
    const older = this.#neighbour(place, OLDER);
    const newer = this.#neighbour(place, NEWER);
    if (older === NONE) this.#oldest = newer;
    else this.#neighbour(older, NEWER, newer);
    if (newer === NONE) this.#newest = older;
    else this.#neighbour(newer, OLDER, older);
  }

  /** The next one by age, on that side; set to `other` where that is given. */
  #neighbour(place: number, side: typeof NEWER | typeof OLDER, other?: number): number {
    const { pages } = this.#index;
    const { ints } = pages.of(place);
    const at = pages.within(place) * INTS + side;
    if (other !== undefined) ints[at] = other;
    return ints[at] as number;
  }

  /** Moves to a store with `capacity` places: all to its beginning, in order of their last change. */
  #resize(capacity: number): void {
    const before = this.#index;
    const successors = this.#next;
    let from = this.#oldest;
    this.#index = new FingerprintIndex(capacity, SHAPE);
    this.#next = new Map();
    this.#oldest = NONE;
    this.#newest = NONE;
    this.#free = [];
    this.#unused = 0;
    while (from !== NONE) {
      const to = this.#unused;
      this.#unused += 1;
      this.#index.adopt(to, before, from);
      const { ints, floats } = before.pages.of(from);
      const [firstInt, firstFloat] = [before.pages.within(from) * INTS, before.pages.within(from) * FLOATS];
      const { pages } = this.#index;
      pages.of(to).ints.set(ints.subarray(firstInt, firstInt + INTS), pages.within(to) * INTS);
      pages.of(to).floats.set(floats.subarray(firstFloat, firstFloat + FLOATS), pages.within(to) * FLOATS);
      const successor = successors.get(from);
      if (successor !== undefined) this.#next.set(to, successor);
      this.#link(to);
      from = ints[firstInt + NEWER] as number;
    }
  }
}
