/**
 * How much may be begun in one turn of the event loop. Answers are only read between turns: whatever one turn starts
 * above what the process can finish meanwhile waits answered and unknown, and a crash makes it again (P4).
 */
export class TurnBudget {
  readonly #perTurn: number;
  readonly #onRenewed: () => void;
  #taken = 0;
  #renewal: NodeJS.Immediate | undefined;

  constructor(perTurn: number, onRenewed: () => void) {
    this.#perTurn = perTurn;
    this.#onRenewed = onRenewed;
  }

  get isSpent(): boolean {
    return this.#taken >= this.#perTurn;
  }

  take(): void {
    this.#taken += 1;
    this.#renewal ??= setImmediate(() => {
      const wasSpent = this.isSpent;
      this.#renewal = undefined;
      this.#taken = 0;
      if (wasSpent) this.#onRenewed();
    });
  }

  stop(): void {
    clearImmediate(this.#renewal);
  }
}
