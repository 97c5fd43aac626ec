import type { Recent, RecentBudget } from './recent-budget.ts';

/** Entries that count against a budget shared with others, and are past after its time. */
export abstract class RecentMember implements Recent {
  readonly #budget: RecentBudget;
  #size = 0;
  #closed = false;

  constructor(budget: RecentBudget) {
    this.#budget = budget;
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
    this.#budget.counted(-this.#size);
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

  protected added(): void {
    this.#size += 1;
    this.#budget.counted(1);
    if (this.#budget.used > this.#budget.max) this.#budget.makeRoom();
  }

  protected dropped(): void {
    this.#size -= 1;
    this.#budget.counted(-1);
  }
}
