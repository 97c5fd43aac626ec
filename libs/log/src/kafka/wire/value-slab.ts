/** A larger value is most of the answer that it came in, and stays there. */
const LARGE_BYTES = 64 * 1_024;
const SLAB_BYTES = 16 * 1_024;
/** Less goes into Node's pool of small buffers: a piece of memory by itself costs more to ask for than to fill. */
const SMALL_BYTES = 4 * 1_024;

const NOTHING = Buffer.alloc(0);

/**
 * Copies of the values of one batch. A record that waits must not keep the whole answer in memory that it came in, which may
 * be a thousand times as large. Nor the copies of all that was read at the same time, as in Node's pool, of which 64 KiB
 * stay for the last one: records of one batch stand one behind the other, so they wait, and are done, at about the same time.
 */
export class ValueSlab {
  #slab = NOTHING;
  #at = 0;

  /** `left`: bytes of the batch from this value on, so at most what will be asked for. */
  keep(value: Buffer, left: number): Buffer {
    if (value.length > LARGE_BYTES) return value;
    if (this.#slab.length - this.#at < value.length)
      this.#take(Math.max(value.length, Math.min(SLAB_BYTES, left)));
    const end = this.#at + value.copy(this.#slab, this.#at);
    const kept = this.#slab.subarray(this.#at, end);
    this.#at = end;
    return kept;
  }

  #take(bytes: number): void {
    this.#slab = bytes < SMALL_BYTES ? Buffer.allocUnsafe(bytes) : Buffer.allocUnsafeSlow(bytes);
    this.#at = 0;
  }
}
