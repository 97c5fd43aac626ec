/** Something to wait for that opens and closes again; those who wait while it is closed go on when it opens. */
export class Gate {
  #waiting: Promise<void> | undefined;
  #open = () => {};

  constructor() {
    this.close();
  }

  /** Resolves while it is open. */
  passed(): Promise<void> {
    return this.#waiting ?? Promise.resolve();
  }

  get isOpen(): boolean {
    return this.#waiting === undefined;
  }

  close(): void {
    this.#waiting ??= new Promise((resolve) => (this.#open = resolve));
  }

  open(): void {
    this.#waiting = undefined;
    this.#open();
  }
}
