import { endsChain, type DecisionKind, type Outcome } from '#domain';

/** These end an attempt for which a request was made. */
const afterRequest: ReadonlySet<DecisionKind> = new Set(['delivered', 'retry', 'failed']);

/** A record that carries a delivery on: its event, or a placement in a tier. */
export interface Carrier {
  readonly topic: string;
  readonly offset: number;
  readonly attempt: number;
  readonly step: number;
}

/** One request. `open`: no outcome of the process that made it is in the log. */
export interface Post {
  readonly by: number;
  open: boolean;
  excused: boolean;
}

/** All that the log and the receivers know of one delivery. */
export class Story {
  readonly name: string;
  readonly partition: number;
  readonly carriers: Carrier[] = [];
  readonly posts: Post[] = [];
  /** First outcome of each attempt, deferrals aside (R3). */
  readonly firsts = new Map<number, Outcome>();
  /** All of them, in the log's order; what they ask for may be placed. */
  readonly outcomes: Outcome[] = [];
  readonly #offsets: number[] = [];
  /** The newest that counts: it says where the delivery stands. */
  newest: Outcome | undefined;
  ended = false;
  /** Requests made after the log had said that it was over, or not yet time. */
  misplaced = 0;
  /** Attempts that were in flight when their process was killed, or let go by the group (P4). */
  excused = 0;

  constructor(name: string, partition: number) {
    this.name = name;
    this.partition = partition;
  }

  /** An outcome became durable at that offset. The first of a key wins (R3). */
  tell(outcome: Outcome, offset: number): void {
    this.outcomes.push(outcome);
    this.#offsets.push(offset);
    if (this.ended) return;
    const isDeferred = outcome.decision.kind === 'deferred';
    if (!isDeferred) {
      if (this.firsts.has(outcome.attempt)) return;
      this.firsts.set(outcome.attempt, outcome);
    }
    const { attempt = 0, step = -1 } = this.newest ?? {};
    const isLater = outcome.attempt > attempt || (outcome.attempt === attempt && outcome.step > step);
    if (isLater || !isDeferred) this.newest = outcome;
    this.ended = endsChain(outcome.decision);
  }

  /** Offset of the last outcome by which a record is known to be a copy; undefined: it is none. */
  copyKnownAt(carrier: Carrier): number | undefined {
    const at = this.outcomes.findLastIndex(({ attempt, step, decision }) =>
      decision.kind === 'deferred'
        ? attempt === carrier.attempt && step >= carrier.step
        : attempt >= carrier.attempt,
    );
    return this.#offsets[at];
  }

  /** Epoch ms before which nobody should send; Infinity: never again. What stepped aside may be sent at any time. */
  get dueAt(): number {
    if (this.ended) return Infinity;
    const decision = this.firsts.get(this.firsts.size)?.decision;
    return decision !== undefined && 'next' in decision ? decision.next.dueAt : 0;
  }

  /** Will whoever takes over bring the delivery on from that record? (R3, R8) */
  isCarriedBy({ attempt, step }: Carrier): boolean {
    const newest = this.newest;
    if (newest === undefined) return true;
    if (attempt !== newest.attempt) return attempt > newest.attempt;
    return newest.decision.kind !== 'deferred' || step >= newest.step;
  }

  /** P4: requests beyond one for each attempt that has an outcome. */
  get repeats(): number {
    const made = new Set<number>();
    for (const { attempt, decision } of this.outcomes) if (afterRequest.has(decision.kind)) made.add(attempt);
    return this.posts.length - made.size;
  }

  /** What is wrong with it, now that nothing moves any more. */
  judge(attemptsAllowed: number): string[] {
    const { excused, firsts, misplaced, name, newest, repeats } = this;
    const attempts = [...firsts.keys()];
    const found: string[] = [];
    if (!this.ended) found.push(`${name}: lost after attempts ${attempts.join()} (P4)`);
    if (attempts.some((attempt, at) => attempt !== at + 1) || attempts.length > attemptsAllowed)
      found.push(`${name}: attempts ${attempts.join()} of ${attemptsAllowed}`);
    const decision = newest?.decision;
    const gaveUp = decision?.kind === 'failed' && decision.reason === 'attempts_exhausted';
    if (gaveUp && attempts.length !== attemptsAllowed)
      found.push(`${name}: gave up after ${attempts.length} of ${attemptsAllowed} attempts`);
    if (repeats > excused)
      found.push(`${name}: ${repeats} sent again, ${excused} were in flight at a crash (P4)`);
    if (misplaced > excused) found.push(`${name}: ${misplaced} requests too early or after the end (R15)`);
    return found;
  }
}
