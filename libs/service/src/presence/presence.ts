import { encodeProcess, type Log, type ProcessReport } from '#log';
import type { ProcessIdentity } from './process-identity.ts';

const EVERY_MS = 2_000;
/** A stop must not wait for a log that is away. */
const STOP_MS = 1_000;

/** What changes about a process, read when it tells. */
export type ProcessActivity = Pick<ProcessReport, 'inFlight' | 'stands'>;

export interface PresenceWorld {
  readonly log: Pick<Log, 'append' | 'now'>;
  readonly identity: ProcessIdentity;
  readonly activity: () => ProcessActivity;
  /** Default: two seconds. */
  readonly everyMs?: number;
}

/**
 * Tells `processes` that this process is there, and what it does.
 *
 * 1. One record in two seconds, never a second one while the log has not answered the first.
 * 2. What the log refuses is not told again: the next report says it better.
 * 3. The last report says that it is the last, so that whoever looks need not wait for the silence.
 */
export class Presence {
  readonly #world: PresenceWorld;
  #timer: NodeJS.Timeout | undefined;
  #telling: Promise<void> | undefined;

  constructor(world: PresenceWorld) {
    this.#world = world;
  }

  start(): void {
    const tell = () => {
      this.#telling ??= this.#tell(false).finally(() => {
        this.#telling = undefined;
      });
    };
    tell();
    this.#timer ??= setInterval(tell, this.#world.everyMs ?? EVERY_MS);
    // Nobody waits for it: a process that has nothing else to do may end.
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    let late: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      late = setTimeout(resolve, STOP_MS);
    });
    const last = (this.#telling ?? Promise.resolve()).then(() => this.#tell(true));
    await Promise.race([last, patience]);
    clearTimeout(late);
  }

  async #tell(isEnding: boolean): Promise<void> {
    const { activity, identity, log } = this.#world;
    const report = { ...identity, ...activity(), at: log.now(), isEnding };
    try {
      await log.append([{ topic: 'processes', partition: 0, ...encodeProcess(report) }]);
    } catch {
      // Whoever looks sees that it is silent, which is what it is.
    }
  }
}
