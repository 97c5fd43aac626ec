import { endsChain, type Outcome, type Successor } from '#domain';
import { freshChain, OpenChains } from './open-chains.ts';
import type { RecentBudget } from './recent-budget.ts';
import { RecentNumbers } from './recent-numbers.ts';
import type { TopicName } from '../topics.ts';

/** One record as the done-set sees it: an attempt to make, and where it stands. */
export interface AttemptSource {
  readonly deliveryId: string;
  readonly chain: number;
  readonly attempt: number;
  /** 0 for a record that never waited. */
  readonly step: number;
  readonly topic: TopicName;
  readonly offset: number;
}

export type Placement = Pick<AttemptSource, 'deliveryId' | 'chain' | 'attempt' | 'step'>;

export interface KnownOutcome {
  /** Highest attempt with an outcome; 0: only deferrals. */
  readonly attempt: number;
  readonly ended: boolean;
  /** Set: named by the outcome of an owner before, and not known to be in the log (R8). */
  readonly successor: Successor | null;
}

/**
 * Everything that one owner of a partition knows about what was already done there.
 *
 * 1. A record is a copy if its chain has ended, if its attempt has an outcome, if its step is below the highest placed
 *    or taken up, or if another offset was taken up for the same attempt and is not placed anew (R3): that one is
 *    undone until its outcome or placement is durable, so nothing is lost with the copy, whatever its step. The
 *    placement itself is none, though the log may hand it over before it answers the append.
 * 2. The first outcome of a key wins: a later one for the same attempt changes nothing (R3).
 * 3. What makes others copies is noted only once it is durable: an outcome or placement after its append resolved. So
 *    nothing is skipped in favour of a thing that may still be lost (P2, P3).
 * 4. A successor is offered for placing again only if an owner before wrote its outcome, only until it is met in the
 *    log or taken from here: once per ownership (R8). Its step counts as placed from the offer on, so that an earlier
 *    placement met meanwhile is the copy; were the new one lost, the undone record that asked for it comes again.
 *    The record of an event knows its endpoints by the control table, which may have moved on since the outcome: whose
 *    first attempt may have to be followed is kept by the event's offset, wanted or not (R8).
 * 5. An event id belongs to the first offset that carried it (R4, P10).
 * 6. Forgetting (R5) can only turn a copy into a repeat, never lose a delivery.
 */
export class DoneSet {
  /** Chains that go on. */
  readonly #open: OpenChains;
  /** Chains that have ended, which is nearly all: the attempt that ended each. */
  readonly #ended: RecentNumbers;
  /** The offset that first carried each event. */
  readonly #events: RecentNumbers;
  /** Endpoints whose successor may not be in the log, by the offset of the event that they had a first attempt of. */
  readonly #unplaced = new Map<number, Set<string>>();

  constructor(budgets: { readonly deliveries: RecentBudget; readonly events: RecentBudget }) {
    this.#open = new OpenChains(budgets.deliveries);
    this.#ended = new RecentNumbers(budgets.deliveries);
    this.#events = new RecentNumbers(budgets.events);
  }

  isCopy(record: AttemptSource, now: number): boolean {
    const key = keyOf(record.deliveryId, record.chain);
    if (this.#ended.get(key, now) !== undefined) return true;
    const entry = this.#open.get(key, now);
    if (entry === undefined) return false;
    if (record.attempt <= entry.attempt || record.step <= entry.deferredStep) return true;
    if (record.step < entry.step) return true;
    if (entry.offset === -1 || (entry.offset === record.offset && entry.topic === record.topic)) return false;
    if (record.step === entry.step) return true;
    return record.attempt === entry.inHand && record.step !== entry.placing;
  }

  /** The record, which is no copy, is in flight or waiting in memory from now on. */
  takeUp(record: AttemptSource, now: number): void {
    const key = keyOf(record.deliveryId, record.chain);
    const entry = this.#open.get(key, now) ?? freshChain();
    if (record.step >= entry.step) {
      entry.step = record.step;
      entry.topic = record.topic;
      entry.offset = record.offset;
      entry.inHand = record.attempt;
      entry.placing = -1;
      if (entry.next !== null && record.step >= entry.next.step) entry.next = null;
    }
    this.#open.set(key, entry, now);
  }

  /** Is this very record in flight, or waiting in memory, at this owner? Then who works on it goes on from any outcome. */
  isTakenUp({ deliveryId, chain, topic, offset }: AttemptSource, now: number): boolean {
    const entry = this.#open.get(keyOf(deliveryId, chain), now);
    return entry !== undefined && entry.offset === offset && entry.topic === topic;
  }

  /** The placement is about to be appended: it may be met from now on, before anybody knows that it is durable. */
  notePlacing({ deliveryId, chain, attempt, step }: Placement, now: number): void {
    const key = keyOf(deliveryId, chain);
    const entry = this.#open.get(key, now);
    if (entry === undefined || entry.inHand !== attempt) return;
    entry.placing = step;
    this.#open.set(key, entry, now);
  }

  /** The placement is durable. */
  notePlaced(placement: Placement, now: number): void {
    const key = keyOf(placement.deliveryId, placement.chain);
    if (this.#ended.get(key, now) !== undefined) return;
    const entry = this.#open.get(key, now) ?? freshChain();
    if (placement.step > entry.step) {
      entry.step = placement.step;
      entry.topic = null;
      entry.offset = -1;
    }
    this.#open.set(key, entry, now);
  }

  /**
   * The outcome is durable. `by`: `this` owner, or one `before` (read while taking over: R6, or later, where such an owner
   * came late). False: another one of the same key was first, and stands.
   */
  noteOutcome(outcome: Outcome, by: 'this' | 'before', now: number): boolean {
    const { ref } = outcome;
    const key = keyOf(ref.deliveryId, ref.chain);
    const isFirst = this.#ended.get(key, now) === undefined && this.#isFirst(key, outcome, by, now);
    // Only the event's own chain: a replay of last week's event must not swallow the id's next use.
    if (by === 'before' && ref.chain === 0 && ref.eventOffset !== null) {
      this.noteEvent(ref.tenantId, ref.eventId, ref.eventOffset, now);
    }
    return isFirst;
  }

  #isFirst(key: string, outcome: Outcome, by: 'this' | 'before', now: number): boolean {
    const { ref, attempt, step, decision } = outcome;
    const entry = this.#open.get(key, now) ?? freshChain();
    const deferred = decision.kind === 'deferred';
    const isFirst = attempt > entry.attempt && !(deferred && step <= entry.deferredStep);
    if (isFirst && endsChain(decision)) {
      this.#open.delete(key);
      this.#ended.add(key, attempt, now);
      return true;
    }
    if (isFirst) {
      if (deferred) entry.deferredStep = step;
      else entry.attempt = attempt;
      entry.next = by === 'before' && 'next' in decision ? decision.next : null;
      entry.nextAfterAttempt = attempt;
      entry.nextAfterStep = step;
      if (entry.next !== null && step === 0) this.#noteUnplaced(ref);
    }
    this.#open.set(key, entry, now);
    return isFirst;
  }

  outcomeOf(deliveryId: string, chain: number, now: number): KnownOutcome | undefined {
    const key = keyOf(deliveryId, chain);
    const last = this.#ended.get(key, now);
    if (last !== undefined) return { attempt: last, ended: true, successor: null };
    const entry = this.#open.get(key, now);
    if (entry === undefined || (entry.attempt === 0 && entry.deferredStep === -1)) return undefined;
    return { attempt: entry.attempt, ended: false, successor: entry.next };
  }

  /**
   * R8, for a record that {@link isCopy}: the successor to place again, its step above all known ones, or undefined.
   * Call {@link notePlaced} once it is durable, and only then mark the record done.
   */
  takeSuccessor(record: Placement, now: number): Successor | undefined {
    const key = keyOf(record.deliveryId, record.chain);
    const entry = this.#open.get(key, now);
    if (entry === undefined || entry.next === null) return undefined;
    // A record of an earlier attempt: the outcome after it proves that its own successor was in the log.
    if (record.attempt !== entry.nextAfterAttempt) return undefined;
    // An attempt that two owners made, each from a placement of its own, has one outcome and one successor. One that
    // stepped aside goes on from every later step by itself.
    const isDeferral = entry.attempt < entry.nextAfterAttempt;
    if (isDeferral && record.step !== entry.nextAfterStep) return undefined;
    const next = entry.next;
    entry.next = null;
    entry.step = Math.max(next.step, entry.step) + 1;
    entry.topic = null;
    entry.offset = -1;
    this.#open.set(key, entry, now);
    return { ...next, step: entry.step };
  }

  /**
   * R8, once all who want the event at this offset were asked: endpoints that had a first attempt of it by an owner before,
   * whose successor may have to be placed again, whether they want it now or not. Told once.
   */
  takeUnplaced(eventOffset: number): Iterable<string> {
    const endpoints = this.#unplaced.get(eventOffset);
    if (endpoints === undefined) return [];
    this.#unplaced.delete(eventOffset);
    return endpoints;
  }

  #noteUnplaced({ chain, endpointId, eventOffset }: Outcome['ref']): void {
    if (chain !== 0 || eventOffset === null) return;
    const endpoints = this.#unplaced.get(eventOffset);
    if (endpoints === undefined) this.#unplaced.set(eventOffset, new Set([endpointId]));
    else endpoints.add(endpointId);
  }

  /** Drop the whole event when it is a `copy`. Time counts from the first. */
  noteEvent(tenantId: string, eventId: string, offset: number, now: number): 'first' | 'copy' {
    const key = `${tenantId}/${eventId}`;
    const known = this.#events.get(key, now);
    if (known !== undefined) return known === offset ? 'first' : 'copy';
    this.#events.add(key, offset, now);
    return 'first';
  }

  get size(): number {
    return this.#open.size + this.#ended.size;
  }

  /** Ownership ended: gives its share of the budgets back. What is answered later finds nothing, and leaves nothing. */
  close(): void {
    this.#open.close();
    this.#ended.close();
    this.#events.close();
    this.#unplaced.clear();
  }
}

function keyOf(deliveryId: string, chain: number): string {
  return chain === 0 ? deliveryId : `${deliveryId}/${chain}`;
}
