/** Asking is cheap: kafkajs sends one only when its interval is over. */
const ASK_MS = 500;

/**
 * Heartbeats while a batch is worked on, however long the log is away. The first refusal (a rebalance, mostly) aborts
 * `signal`: the partition may be somebody else's by now.
 */
export class Heartbeats {
  readonly #beat: () => Promise<void>;
  readonly #stop = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly signal: AbortSignal;
  #refused: { readonly error: unknown } | undefined;
  #isBeating = false;

  /** `outer`: aborts too. */
  constructor(beat: () => Promise<void>, outer: AbortSignal) {
    this.#beat = beat;
    this.signal = AbortSignal.any([outer, this.#stop.signal]);
    this.#timer = setInterval(() => void this.#tick(), ASK_MS);
  }

  /** What the group answered, if it refused. */
  get refused(): { readonly error: unknown } | undefined {
    return this.#refused;
  }

  end(): void {
    clearInterval(this.#timer);
  }

  async #tick(): Promise<void> {
    if (this.#isBeating) return;
    this.#isBeating = true;
    try {
      await this.#beat();
    } catch (error) {
      this.#refused ??= { error };
      this.#stop.abort();
    } finally {
      this.#isBeating = false;
    }
  }
}
