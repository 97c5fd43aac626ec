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
/** So many answers in a row that know of no sharing out: whoever gave them has not got our joining, and will not. */
const JOIN_IS_LOST_AFTER = 3;

/**
 * One member's heartbeats, and what their answers are worth (R9). They go over a connection on which nothing blocks, so that they
 * go on while the group shares out anew, which takes as long as its slowest member: one that was killed, or stands
 * still, holds up the sharing out, and not the work of the others.
 *
 * 1. The age of an answer is that of its request: what happened on the way is not known.
 * 2. An answer keeps a member for the session timeout. One that names a sharing out under way does so only as far as the
 *    rebalance timeout counts from the last that named none: the group leaves behind who has not joined by then, and whether
 *    our joining arrived is not known. It cannot have begun before that last answer.
 * 3. An answer of an earlier generation than the group's says nothing (the coordinator refuses it as such).
 */
export class Pulse {
  readonly #link: Pick<CoordinatorLink, 'ask'>;
  readonly #groupId: string;
  readonly #timing: PulseTiming;
  /** Monotonic ms of the last request whose answer said that this member lives. */
  #lives = -Infinity;
  /** And that it has all that was shared out. */
  #settled = -Infinity;

  constructor(link: Pick<CoordinatorLink, 'ask'>, groupId: string, timing: PulseTiming) {
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

  /** Rejects with what the coordinator refuses. */
  async beat(known: Known): Promise<void> {
    const asked = performance.now();
    await this.#ask(known);
    this.joined(asked);
  }

  /** Beats on until `joining` is through. `giveUp`: ends it, where the group knows nothing of it. */
  whileJoining<T>(joining: Promise<T>, known: Known, giveUp: () => void): Promise<T> {
    let unaware = 0;
    return this.#while(joining, known, (refusal) => {
      if (refusal === undefined) unaware += 1;
      else unaware = refusal === 'expelled' ? JOIN_IS_LOST_AFTER : 0;
      if (unaware < JOIN_IS_LOST_AFTER) return;
      unaware = 0;
      giveUp();
    });
  }

  /** The same once the group knows who is in it, until this member has its part. */
  whileSharedOut<T>(given: Promise<T>, known: Known): Promise<T> {
    return this.#while(given, known, () => {});
  }

  async #while<T>(
    busy: Promise<T>,
    known: Known,
    heard: (refusal: ReturnType<typeof refusalOf>) => void,
  ): Promise<T> {
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
  async #beatUntil(
    signal: AbortSignal,
    known: Known,
    heard: (refusal: ReturnType<typeof refusalOf>) => void,
  ): Promise<void> {
    for (;;) {
      await wait(this.#timing.heartbeatMs, signal);
      if (signal.aborted) return;
      const asked = performance.now();
      const refused = await this.#ask(known).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (refused === undefined) this.#lives = Math.max(this.#lives, asked);
      const refusal = refused === undefined ? undefined : refusalOf(refused);
      // Others than the group's tell of the way to it.
      if (!signal.aborted && (refused === undefined || refusal !== undefined)) heard(refusal);
    }
  }

  async #ask({ memberId, generation }: Known): Promise<void> {
    const asked = performance.now();
    try {
      await this.#link.ask((coordinator) =>
        coordinator.heartbeat({ groupId: this.#groupId, groupGenerationId: generation, memberId }),
      );
    } catch (error) {
      if (typeOf(error) === 'REBALANCE_IN_PROGRESS') this.#lives = Math.max(this.#lives, asked);
      throw error;
    }
  }
}
