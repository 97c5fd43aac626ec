/** Before each answer: its length, a 32-bit integer, which does not count itself. */
const LENGTH_BYTES = 4;
/** What a peer says is long is believed as far as it came: who speaks another protocol may "say" gigabytes. */
const BELIEVED_BYTES = 16 * 1_024 * 1_024;

/**
 * Puts answers together from what a socket read. Each is in memory of its own, asked for once: no chunk is kept, so the
 * socket may read the next one into the same bytes.
 */
export class AnswerGatherer {
  readonly #onAnswer: (answer: Buffer) => void;
  readonly #length = Buffer.alloc(LENGTH_BYTES);
  #lengthBytes = 0;
  #answer: Buffer | undefined;
  #bytes = 0;

  constructor(onAnswer: (answer: Buffer) => void) {
    this.#onAnswer = onAnswer;
  }

  /** Hands over each answer that ends in `chunk`. */
  take(chunk: Buffer): void {
    for (let at = 0; at < chunk.length;) {
      at +=
        this.#answer === undefined ? this.#takeLength(chunk, at) : this.#takeBytes(this.#answer, chunk, at);
      if (this.#answer !== undefined && this.#bytes === this.#needed) this.#hand(this.#answer);
    }
  }

  /** With the length before it. */
  get #needed(): number {
    return LENGTH_BYTES + Math.max(0, this.#length.readInt32BE());
  }

  #takeLength(chunk: Buffer, from: number): number {
    const taken = chunk.copy(this.#length, this.#lengthBytes, from);
    this.#lengthBytes += taken;
    if (this.#lengthBytes < LENGTH_BYTES) return taken;
    this.#answer = Buffer.allocUnsafe(Math.min(this.#needed, BELIEVED_BYTES));
    this.#bytes = this.#length.copy(this.#answer);
    return taken;
  }

  #takeBytes(answer: Buffer, chunk: Buffer, from: number): number {
    const taken = chunk.copy(answer, this.#bytes, from);
    this.#bytes += taken;
    if (this.#bytes === answer.length && this.#bytes < this.#needed) {
      this.#answer = Buffer.allocUnsafe(Math.min(this.#needed, answer.length * 2));
      answer.copy(this.#answer);
    }
    return taken;
  }

  #hand(answer: Buffer): void {
    this.#answer = undefined;
    this.#lengthBytes = 0;
    this.#onAnswer(answer);
  }
}
