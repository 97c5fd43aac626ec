import { setImmediate as turn } from 'node:timers/promises';
import type { LogRecord } from '../port/record.ts';

/** One partition as adapters without a broker read it. */
export interface PartitionSource {
  /** The offset after the last durable record. */
  readonly end: number;
  /** Records from `from` on, in order, at least one where there is any below `end`; empty: none is left below it. */
  slice(from: number, caps: SliceCaps): readonly LogRecord[] | Promise<readonly LogRecord[]>;
  /** A reader came to the end, or went elsewhere: sources that have to fetch records do so now. */
  wanted?(): void;
}

export interface SliceCaps {
  readonly records: number;
  readonly bytes: number;
}

/**
 * Hands over one partition in slices, for ever, without polling: `wake` is called when something was appended.
 *
 * 1. One slice at a time; the next waits for the handler's promise.
 * 2. A pause, seek or stop takes effect for every slice not yet handed over, also one that is being read.
 * 3. Never calls the handler within the caller's own turn.
 */
export class Feed {
  readonly #source: PartitionSource;
  readonly #caps: SliceCaps;
  readonly #handOver: (records: readonly LogRecord[]) => void | Promise<void>;
  readonly #onError: (error: unknown) => void;
  #position: number;
  #paused = false;
  #stopped = false;
  /** Grows with every seek: what was read for an older one is dropped. */
  #epoch = 0;
  #running: Promise<void> | undefined;

  constructor(
    source: PartitionSource,
    position: number,
    caps: SliceCaps,
    handlers: {
      readonly onRecords: (records: readonly LogRecord[]) => void | Promise<void>;
      readonly onError: (error: unknown) => void;
    },
  ) {
    this.#source = source;
    this.#position = position;
    this.#caps = caps;
    this.#handOver = handlers.onRecords;
    this.#onError = handlers.onError;
  }

  /** Where the next slice begins. */
  get position(): number {
    return this.#position;
  }

  /** True while it would take records, were there any. */
  get isOpen(): boolean {
    return !this.#stopped && !this.#paused;
  }

  wake(): void {
    if (this.#running !== undefined) return;
    if (this.#hasWork) this.#running = this.#run();
    else this.#source.wanted?.();
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.wake();
  }

  seek(offset: number): void {
    this.#position = offset;
    this.#epoch += 1;
    this.wake();
  }

  /** Resolves when the handler is not running and will not be called again. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  get #hasWork(): boolean {
    return this.isOpen && this.#position < this.#source.end;
  }

  async #run(): Promise<void> {
    try {
      await Promise.resolve();
      while (this.#hasWork) await this.#step();
    } catch (error) {
      this.#stopped = true;
      this.#onError(error);
    } finally {
      this.#running = undefined;
    }
    if (this.isOpen) this.#source.wanted?.();
  }

  async #step(): Promise<void> {
    const epoch = this.#epoch;
    const end = this.#source.end;
    const read = this.#source.slice(this.#position, this.#caps);
    const records = read instanceof Promise ? await read : read;
    if (this.#stopped || this.#paused || epoch !== this.#epoch) return;
    this.#position = (records.at(-1)?.offset ?? end - 1) + 1;
    if (records.length === 0) return;
    const handled = this.#handOver(records);
    if (handled instanceof Promise) await handled;
    // A long backlog must leave room for everything else the process does.
    if (this.#hasWork) await turn();
  }
}
