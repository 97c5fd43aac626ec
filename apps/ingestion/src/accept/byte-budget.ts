import { Refused, retryAfter } from '#http-edge';

/** What one request, or one record on its way to the log, holds in memory. */
export interface ByteLease {
  /** Throws {@link Refused} `overloaded` when there is no room. */
  readonly take: (bytes: number) => void;
  /** Takes without asking: the bytes exist already. */
  readonly hold: (bytes: number) => void;
  /** Gives everything back; may be called twice. */
  readonly release: () => void;
}

/**
 * Bytes in flight, bounded: when the log is slow, publishers are told to wait instead of filling the memory. The sum of
 * all leases stays below `max` plus what is rendered of the requests that are in.
 */
export class ByteBudget {
  readonly max: number;
  #used = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(max: number) {
    this.max = max;
  }

  get used(): number {
    return this.#used;
  }

  /** Undefined: there is room. Else resolves when there is some again. */
  room(): Promise<void> | undefined {
    if (this.#used < this.max) return undefined;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  lease(): ByteLease {
    let held = 0;
    const hold = (bytes: number) => {
      held += bytes;
      this.#used += bytes;
    };
    return {
      take: (bytes) => {
        if (this.#used + bytes > this.max) throw busy();
        hold(bytes);
      },
      hold,
      release: () => {
        this.#used -= held;
        held = 0;
        if (this.#waiting.length > 0 && this.#used < this.max) for (const go of this.#waiting.splice(0)) go();
      },
    };
  }
}

function busy(): Refused {
  const detail = 'too many events are waiting for the log; send the same request again a little later';
  return new Refused('overloaded', detail, { headers: retryAfter(1) });
}
