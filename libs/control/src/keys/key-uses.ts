import { encodeKeyUses, type Log } from '#log';

/** The first use of a quiet process is told soon: whoever has just put a new key somewhere is watching for it. */
const FIRST_MS = 1_000;
const EVERY_MS = 60_000;
/** Of one record; an installation has fewer keys in use within a minute, or several records. */
const KEYS_AT_ONCE = 1_000;
/** A stop must not wait for a log that is away. */
const STOP_MS = 1_000;

export interface KeyUsesWorld {
  readonly log: Pick<Log, 'append'>;
  /** Epoch ms. */
  readonly now: () => number;
  readonly newId: () => string;
  /** The log did not take it; it is told again with the next record. */
  readonly onTrouble: (error: unknown) => void;
}

/**
 * When each key was used last, told to `key-uses` behind the requests.
 *
 * 1. `note` costs an entry in a map: nothing of a request waits for it, and no database takes part.
 * 2. One record a minute at most, whatever the number of keys and requests; the first one after a second.
 * 3. What the log refuses is kept and told later. A process that is killed forgets its last minute.
 */
export class KeyUses {
  readonly #world: KeyUsesWorld;
  #noted = new Map<string, number>();
  #toldAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(world: KeyUsesWorld) {
    this.#world = world;
  }

  /** `at`: epoch ms. */
  note(keyId: string, at: number): void {
    this.#noted.set(keyId, at);
    if (this.#timer !== undefined || this.#stopped) return;
    const inMs = Math.max(FIRST_MS, this.#toldAt + EVERY_MS - this.#world.now());
    this.#timer = setTimeout(() => void this.#tell(), Math.min(inMs, EVERY_MS));
    // Nobody waits for it: a process that has nothing else to do may end.
    this.#timer.unref();
  }

  /** Tells what is left, if the log takes it soon. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    let late: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      late = setTimeout(resolve, STOP_MS);
    });
    await Promise.race([this.#tell(), patience]);
    clearTimeout(late);
  }

  async #tell(): Promise<void> {
    const noted = [...this.#noted];
    this.#noted = new Map();
    this.#timer = undefined;
    const at = this.#world.now();
    this.#toldAt = at;
    try {
      for (let from = 0; from < noted.length; from += KEYS_AT_ONCE) {
        const uses = Object.fromEntries(noted.slice(from, from + KEYS_AT_ONCE));
        const encoded = encodeKeyUses({ id: this.#world.newId(), at, uses });
        await this.#world.log.append([{ topic: 'key-uses', partition: 0, ...encoded }]);
      }
    } catch (error) {
      this.#world.onTrouble(error);
      for (const [keyId, usedAt] of noted) {
        if (!this.#noted.has(keyId)) this.note(keyId, usedAt);
      }
    }
  }
}
