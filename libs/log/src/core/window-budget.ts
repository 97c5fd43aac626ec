/**
 * What all windows of a process may hold together. Each may hold a little whatever the others do, so that a full process
 * still sees the head of every partition; beyond that they wait for each other, however many partitions it owns.
 */
export class WindowBudget {
  readonly #maxRecords: number;
  readonly #maxBytes: number;
  #records = 0;
  #bytes = 0;

  constructor(maxRecords: number, maxBytes: number) {
    this.#maxRecords = maxRecords;
    this.#maxBytes = maxBytes;
  }

  /** Negative: given back. */
  count(records: number, bytes: number): void {
    this.#records += records;
    this.#bytes += bytes;
  }

  get isFull(): boolean {
    return this.#records >= this.#maxRecords || this.#bytes >= this.#maxBytes;
  }

  get isOverHalfFull(): boolean {
    return this.#records * 2 > this.#maxRecords || this.#bytes * 2 > this.#maxBytes;
  }
}
