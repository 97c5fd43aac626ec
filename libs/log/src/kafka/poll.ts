import type { When } from './fetch-answer.ts';
import type { KafkaPartition } from './kafka-partition.ts';
import type { Connection } from './wire/broker-call.ts';
import { FetchSession } from './wire/fetch-session.ts';

/** How long a broker may keep a poll where nothing has come for some time and nobody wants anything else. */
const IDLE_MS = 1_000;

/** When readers want what there is. */
export interface Pace {
  /** How long to wait for a first record. */
  readonly firstMs: number;
  /** After an answer with so many bytes, which shows that records come faster than one by one … */
  readonly gatherFrom: number;
  /** … the next one is to hold so many, or what came within so many ms. */
  readonly gatherBytes: number;
  readonly gatherMs: number;
  /** Of one answer, at most. */
  readonly answerBytes: number;
}

/** One long poll at a time, to one broker over one connection. */
export class Poll {
  readonly over: Connection;
  readonly session = new FetchSession();
  readonly #pace: Pace;
  #asked: ReadonlySet<KafkaPartition> = new Set();
  #isBusy = false;
  #cameLast = 0;
  #waitMs: number;

  constructor(over: Connection, pace: Pace) {
    this.over = over;
    this.#pace = pace;
    this.#waitMs = pace.firstMs;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** True while it is out for this partition. */
  isOutFor(partition: KafkaPartition): boolean {
    return this.#isBusy && this.#asked.has(partition);
  }

  /**
   * Where little came, the next record is to come at once. Where nothing came, and the same are asked for as before,
   * whoever wants something else is not likely to come now: the next poll may be a longer one.
   */
  begin(partitions: readonly KafkaPartition[]): When {
    const asked = new Set(partitions);
    const isSame = asked.size === this.#asked.size && partitions.every((one) => this.#asked.has(one));
    this.#asked = asked;
    this.#isBusy = true;
    const { firstMs, gatherFrom, gatherBytes, gatherMs } = this.#pace;
    if (this.#cameLast >= gatherFrom) return { minBytes: gatherBytes, waitMs: gatherMs };
    this.#waitMs = isSame && this.#cameLast === 0 ? Math.min(IDLE_MS, this.#waitMs * 2) : firstMs;
    return { minBytes: 1, waitMs: this.#waitMs };
  }

  /** `bytes`: of the answer's records. */
  ended(bytes: number): void {
    this.#isBusy = false;
    this.#cameLast = bytes;
  }
}
