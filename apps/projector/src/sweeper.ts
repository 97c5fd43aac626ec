import type { Keep, Swept } from '#read-model';
import type { ProjectorLogger } from './projector-ports.ts';

/** Between two sweeps. Several projectors may sweep; they pass over what another one has in hand. */
const EVERY_MS = 15_000;
/** The first one lets the start have its way. */
const FIRST_MS = 5_000;

export interface SweeperOptions {
  readonly sweep: (keep: Keep, now: number) => Promise<Swept>;
  readonly keep: Keep;
  /** Epoch ms by the log's clock. */
  readonly now: () => number;
  readonly logger: ProjectorLogger;
  readonly everyMs?: number;
}

/**
 * Sweeps the tables from time to time: what is older than it is to be kept, and what was asked to be erased. While the database is
 * away nothing is swept, and the next sweep finds the more.
 */
export class Sweeper {
  readonly #options: SweeperOptions;
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> | undefined;
  #failing = false;

  constructor(options: SweeperOptions) {
    this.#options = options;
  }

  start(): void {
    this.#later(Math.min(FIRST_MS, this.#everyMs));
  }

  /** Lets the statement under way end, and what belongs to its sweep. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#sweeping;
  }

  get #everyMs(): number {
    return this.#options.everyMs ?? EVERY_MS;
  }

  #later(ms: number): void {
    this.#timer = setTimeout(() => {
      this.#sweeping = this.#sweep().finally(() => {
        this.#sweeping = undefined;
        if (this.#timer !== undefined) this.#later(this.#everyMs);
      });
    }, ms);
  }

  async #sweep(): Promise<void> {
    const { sweep, keep, now, logger } = this.#options;
    try {
      const swept = await sweep(keep, now());
      this.#failing = false;
      if (Object.values(swept).some((count) => count > 0)) logger.info({ ...swept }, 'rows swept');
    } catch (error) {
      // Once per outage: it may last for hours.
      if (!this.#failing) logger.warn({ err: error }, 'rows cannot be swept, trying again');
      this.#failing = true;
    }
  }
}
