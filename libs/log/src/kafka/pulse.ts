import type { CoordinatorLink } from './coordinator-link.ts';
import { refusalOf } from './group-refusals.ts';
import { typeOf } from './to-log-error.ts';
import { wait } from './wait-for.ts';

/** As whom a member is known to its group. */
export interface Known {
  readonly memberId: string;
  readonly generation: number;
}

export interface PulseTiming {
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly heartbeatMs: number;
}

/** R9: nobody else can own what is ours before the group lets us go; that much earlier we stop. */
const FRESH_MARGIN_MS = 5_000;
/** So many answers in a row that know of no sharing out, or of one that is over: our joining, or its answer, was lost. */
const JOIN_IS_LOST_AFTER = 3;

/** `refused`: by the group; undefined: all is well. `asked`: monotonic ms of the request. */
type Heard = (refused: unknown, asked: number) => void;

const isSharingOut = (refused: unknown): boolean => typeOf(refused) === 'REBALANCE_IN_PROGRESS';

/** What a join goes over. */
export type JoiningLink = Pick<CoordinatorLink, 'nodeId' | 'cut'>;

/**
 * One member's heartbeats, and what their answers are worth (R9). They go over a connection on which nothing blocks, so that they
 * go on while the group shares out anew, which takes as long as its slowest member: one that was killed, or stands
 * still, holds up the sharing out, and not the work of the others.
 *
 * 1. The age of an answer is that of its request: what happened on the way is not known.
 * 2. An answer keeps a member for the session timeout. One that names a sharing out under way does so only as far as the
 *    rebalance timeout counts from the last that named none: the group leaves behind who has not joined by then, and whether
 *    our joining arrived is not known. It cannot have begun before that last answer.
 * 3. An answer counts only where the one before still holds: a coordinator that has not read its groups yet answers anybody
 *    that all is well, also a member that was let go of long ago. After that only the group's own sharing out counts.
 * 4. One that was let go of is not fresh from the moment that any of its answers says so.
 */
export class Pulse {
  readonly #link: Pick<CoordinatorLink, 'ask' | 'nodeId'>;
  readonly #groupId: string;
  readonly #timing: PulseTiming;
  /** Monotonic ms of the last request whose answer said that this member lives. */
  #lives = -Infinity;
  /** And that it has all that was shared out. */
  #settled = -Infinity;

  constructor(link: Pick<CoordinatorLink, 'ask' | 'nodeId'>, groupId: string, timing: PulseTiming) {
    this.#link = link;
    this.#groupId = groupId;
    this.#timing = timing;
  }

  isFresh(now = performance.now()): boolean {
    const { sessionTimeoutMs, rebalanceTimeoutMs } = this.#timing;
    const until = Math.min(this.#lives + sessionTimeoutMs, this.#settled + rebalanceTimeoutMs);
    return now < until - FRESH_MARGIN_MS;
  }

  /** It was given its part; `asked`: monotonic ms of that request. */
  joined(asked: number): void {
    this.#lives = Math.max(this.#lives, asked);
    this.#settled = Math.max(this.#settled, asked);
  }

  /** The group let it go. */
  lost(): void {
    this.#lives = -Infinity;
    this.#settled = -Infinity;
  }

  /** Rejects with what the coordinator refuses. False: its answer says nothing any more, only joining again does. */
  async beat(known: Known): Promise<boolean> {
    const asked = performance.now();
    const refused = await this.#ask(known);
    if (isSharingOut(refused)) this.#livesAt(asked);
    if (refused !== undefined) throw refused;
    if (!this.#holdsAt(asked)) return false;
    this.joined(asked);
    return true;
  }

  /** Beats on until `joining` is through; ends it where the group knows nothing of it (any more). */
  whileJoining<T>(joining: Promise<T>, known: Known, over: JoiningLink): Promise<T> {
    let unaware = 0;
    return this.#while(joining, known, (refused, asked) => {
      if (isSharingOut(refused)) this.#livesAt(asked);
      unaware = isSharingOut(refused) ? 0 : unaware + 1;
      const isElsewhere = over.nodeId !== undefined && over.nodeId !== this.#link.nodeId;
      if (!isElsewhere && unaware < JOIN_IS_LOST_AFTER && refusalOf(refused) !== 'expelled') return;
      unaware = 0;
      over.cut();
    });
  }

  /**
   * The same once the group knows who is in it, until this member has its part. Old coordinators say then, too, that they
   * share out, and do not count the beat.
   */
  whileSharedOut<T>(given: Promise<T>, known: Known): Promise<T> {
    return this.#while(given, known, () => {});
  }

  async #while<T>(busy: Promise<T>, known: Known, heard: Heard): Promise<T> {
    const over = new AbortController();
    // Who is in no group yet has nothing to keep.
    if (known.memberId !== '') void this.#beatUntil(over.signal, known, heard);
    try {
      return await busy;
    } finally {
      over.abort();
    }
  }

  /** Invariant 2: none of its answers says that everything is shared out. */
  async #beatUntil(signal: AbortSignal, known: Known, heard: Heard): Promise<void> {
    for (;;) {
      await wait(this.#timing.heartbeatMs, signal);
      if (signal.aborted) return;
      const asked = performance.now();
      const refused = await this.#ask(known);
      if (signal.aborted) return;
      if (refused === undefined) this.#livesAt(asked);
      if (refusalOf(refused) === 'expelled') this.lost();
      // Others than the group's tell of the way to it.
      if (refused === undefined || refusalOf(refused) !== undefined) heard(refused, asked);
    }
  }

  /** What it was refused with; undefined: all is well. */
  async #ask({ memberId, generation }: Known): Promise<unknown> {
    try {
      await this.#link.ask((coordinator) =>
        coordinator.heartbeat({ groupId: this.#groupId, groupGenerationId: generation, memberId }),
      );
      return undefined;
    } catch (error) {
      return error;
    }
  }

  #livesAt(asked: number): void {
    if (this.#holdsAt(asked)) this.#lives = Math.max(this.#lives, asked);
  }

  /** Invariant 3. */
  #holdsAt(asked: number): boolean {
    return asked <= this.#lives + this.#timing.sessionTimeoutMs;
  }
}
