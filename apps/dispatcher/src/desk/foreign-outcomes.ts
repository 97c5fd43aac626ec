import type { LogRecord } from '#log';

export interface ForeignOutcomesWorld {
  /** Records of `outcomes` p, from `from` to before `to`. */
  readonly read: (from: number, to: number) => AsyncIterable<readonly LogRecord[]>;
  readonly learn: (record: LogRecord) => void;
  /** Resolves false once p is another's: what is unknown then is not this owner's any more. */
  readonly mayFinish: () => Promise<boolean>;
}

const AGAIN_AFTER_MS = 200;

/**
 * What others append to `outcomes` p after its owner has read it to the end: a member that was let go in the middle of
 * its attempts still writes how they ended, for facts are true (R12). The offsets of own appends tell: they leave a gap. Where there
 * are none, whoever asks the log for its end does (`OutcomesWatch`).
 *
 * 1. An own outcome takes effect only when all before it is known: so the first one of a key wins here as it does for
 *    whoever reads the topic (R3), and one chain has one story.
 * 2. No gap, no wait.
 * 3. What this owner appends is never read as another's: the end of the log counts only where no own append was under way
 *    from before it was asked for.
 */
export class ForeignOutcomes {
  readonly #world: ForeignOutcomesWorld;
  #end = 0;
  /** Own appends that were asked for, and how many of these are answered. */
  #asked = 0;
  #answered = 0;
  #reading: Promise<void> | undefined;

  constructor(world: ForeignOutcomesWorld) {
    this.#world = world;
  }

  /** The offset after the last one that is known, or is being read. */
  get end(): number {
    return this.#end;
  }

  /** Everything below is known. */
  readTo(offset: number): void {
    this.#end = Math.max(this.#end, offset);
  }

  /** An own append is asked for. */
  appending(): void {
    this.#asked += 1;
  }

  /** For `readOnTo`; undefined: an own append is under way. */
  get quiet(): number | undefined {
    return this.#asked === this.#answered ? this.#asked : undefined;
  }

  /** The log reached to `end` after it was as `quiet` here as it is now (3). */
  readOnTo(end: number, quiet: number): void {
    if (this.quiet !== quiet || end <= this.#end) return;
    const from = this.#end;
    this.readTo(end);
    this.#begin(from, end);
  }

  /** An own append stands at `offset`. Undefined: nothing before it is unknown. Rejects when it never will be known. */
  appended(offset: number): Promise<void> | undefined {
    this.#answered += 1;
    const from = this.#end;
    this.readTo(offset + 1);
    if (offset > from) this.#begin(from, offset);
    return this.#reading;
  }

  #begin(from: number, to: number): void {
    const reading = this.#readGap(this.#reading, from, to);
    this.#reading = reading;
    const end = () => {
      if (this.#reading === reading) this.#reading = undefined;
    };
    reading.then(end, end);
  }

  async #readGap(before: Promise<void> | undefined, from: number, to: number): Promise<void> {
    await before;
    for (let at = from; at < to;) {
      if (!(await this.#world.mayFinish())) throw new Error('the partition was lost');
      try {
        for await (const records of this.#world.read(at, to)) {
          for (const record of records) this.#world.learn(record);
          at = (records.at(-1)?.offset ?? at - 1) + 1;
        }
        return;
      } catch {
        // The log is away; nothing of it is lost.
        await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
      }
    }
  }
}
