import { MOST_PLACES } from './pages.ts';
import type { Recent, RecentBudget } from './recent-budget.ts';

/** From this capacity on, memory that is not needed any more is given back. */
const WORTH_SHRINKING = 4_096;
/** Three pages: of fewer, moving together may give back none. */
const WORTH_MOVING = 3 * MOST_PLACES;

/** Entries that count against a budget shared with others, and are past after its time. */
export abstract class RecentMember implements Recent {
  readonly #budget: RecentBudget;
  readonly #weight: number;
  #size = 0;
  #closed = false;

  /** `weight`: how many of the budget one entry counts for. */
  constructor(budget: RecentBudget, weight = 1) {
    this.#budget = budget;
    this.#weight = weight;
    budget.join(this);
  }

  get size(): number {
    return this.#size;
  }

  abstract get oldestAt(): number;
  abstract dropOldest(): void;

  /** Gives everything back. Whoever comes late finds nothing, and nothing is kept for it. */
  close(): void {
    this.#closed = true;
    this.#budget.counted(-this.#size * this.#weight);
    this.#size = 0;
    this.#budget.leave(this);
  }

  protected get isClosed(): boolean {
    return this.#closed;
  }

  /** Also of what nothing has removed yet: the same answer at any load. */
  protected isPast(at: number, now: number): boolean {
    return at <= now - this.#budget.keepMs;
  }

  protected dropPast(now: number): void {
    while (this.isPast(this.oldestAt, now)) this.dropOldest();
  }

  /**
   * What a store of `capacity` places should become after something was dropped; undefined: it is right. A burst that is
   * over must not be paid for until the process ends. Far from where it grows, so that it does not go up and down.
   */
  protected smaller(capacity: number): number | undefined {
    return capacity >= WORTH_SHRINKING && this.#size * 8 <= capacity ? capacity / 4 : undefined;
  }

  /** So little is left of what memory is there for, here and there, that moving it together is worth it. */
  protected isSparse(places: number): boolean {
    return places >= WORTH_MOVING && this.#size * 3 <= places;
  }

  protected added(): void {
    this.#size += 1;
    this.#budget.counted(this.#weight);
    if (this.#budget.used > this.#budget.max) this.#budget.makeRoom();
  }

  protected dropped(): void {
    this.#size -= 1;
    this.#budget.counted(-this.#weight);
  }
}
