import type { Pace } from './fetch-answer.ts';
import type { KafkaPartition } from './kafka-partition.ts';
import type { Connection } from './wire/broker-call.ts';
import { FetchSession } from './wire/fetch-session.ts';

/** How long a broker may keep a poll where nothing has come for some time and nobody wants anything else. */
const IDLE_MS = 500;

/** One long poll at a time, to one broker over one connection. */
export class Poll {
  readonly over: Connection;
  readonly session = new FetchSession();
  readonly #pace: Pace;
  #asked: ReadonlySet<KafkaPartition> = new Set();
  #isBusy = false;
  #hadRecords = false;
  #waitMs: number;

  constructor(over: Connection, pace: Pace) {
    this.over = over;
    this.#pace = pace;
    this.#waitMs = pace.waitMs;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** True while it is out for this partition. */
  isOutFor(partition: KafkaPartition): boolean {
    return this.#isBusy && this.#asked.has(partition);
  }

  /**
   * Where nothing came, the first record is to come at once; and where the same are asked for as before, whoever wants
   * something else is not likely to come now: the next poll may be a longer one.
   */
  begin(partitions: readonly KafkaPartition[]): Pace {
    const asked = new Set(partitions);
    const isSame = asked.size === this.#asked.size && partitions.every((one) => this.#asked.has(one));
    this.#asked = asked;
    this.#isBusy = true;
    this.#waitMs = isSame && !this.#hadRecords ? Math.min(IDLE_MS, this.#waitMs * 2) : this.#pace.waitMs;
    return { minBytes: this.#hadRecords ? this.#pace.minBytes : 1, waitMs: this.#waitMs };
  }

  ended(hadRecords: boolean): void {
    this.#isBusy = false;
    this.#hadRecords = hadRecords;
  }
}
