import type { Log } from '#log';
import type { Desk } from './desk.ts';

/** One request for all partitions; a delivery that waits for its retry does not miss so much. */
const LOOK_EVERY_MS = 5_000;

/**
 * Has the desks learn what owners before them tell late, on partitions where nothing is appended that would show it: somebody
 * must go on with it (`LateSuccessors`), and who comes after this owner may not meet its event again.
 */
export class OutcomesWatch {
  readonly #log: Pick<Log, 'endOffsets'>;
  readonly #desks: () => readonly Desk[];
  #timer: NodeJS.Timeout | undefined;
  #looking = false;

  /** `desks`: those of this process, at the time of the call. */
  constructor(log: Pick<Log, 'endOffsets'>, desks: () => readonly Desk[]) {
    this.#log = log;
    this.#desks = desks;
  }

  start(): void {
    this.#timer = setInterval(() => void this.#look(), LOOK_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    const quiet = this.#desks().flatMap((desk) => {
      const { outcomesQuiet } = desk;
      return outcomesQuiet === undefined ? [] : [{ desk, outcomesQuiet }];
    });
    if (quiet.length === 0) return;
    this.#looking = true;
    try {
      const ends = await this.#log.endOffsets('outcomes');
      for (const { desk, outcomesQuiet } of quiet)
        desk.readOutcomesOnTo(ends[desk.partition] ?? 0, outcomesQuiet);
    } catch {
      // The log is away: asked again with the next look.
    } finally {
      this.#looking = false;
    }
  }
}
