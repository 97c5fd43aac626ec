/** Of its own time, the share that a repeated work may take at most: one part work, three parts rest. */
const REST = 3;

/**
 * Does something again and again: never twice at once, and, the slower it is, the more rarely, so that watching never
 * becomes most of what a database does.
 */
export class Repeater {
  readonly #everyMs: number;
  readonly #work: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #isWorking = false;
  #isOn = false;

  /** `work` must not reject. */
  constructor(everyMs: number, work: () => Promise<void>) {
    this.#everyMs = everyMs;
    this.#work = work;
  }

  /** The first time at once; nothing where it runs already. */
  start(): void {
    if (this.#isOn) return;
    this.#isOn = true;
    // Work that a stop left behind goes on by itself.
    if (!this.#isWorking) void this.#turn();
  }

  /** What is under way ends by itself, and is the last. */
  stop(): void {
    this.#isOn = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #turn(): Promise<void> {
    this.#isWorking = true;
    const began = performance.now();
    await this.#work();
    this.#isWorking = false;
    if (!this.#isOn) return;
    const took = performance.now() - began;
    this.#timer = setTimeout(() => void this.#turn(), Math.max(this.#everyMs - took, REST * took));
  }
}
