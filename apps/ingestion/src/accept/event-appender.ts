import { Batcher, LogError, sizeOf, type Appended, type Log, type NewRecord } from '#log';
import type { ByteBudget } from './byte-budget.ts';

export interface EventAppenderOptions {
  /** How long a publisher is kept waiting for the log. */
  readonly withinMs: number;
  /** Told of each refusal of the log that is tried again. */
  readonly onTrouble: (error: LogError, tries: number) => void;
}

/** Stands for the answer to a record that nobody waits for any more. */
const WITHDRAWN: Appended = { offset: -1, appendedAt: 0 };

/**
 * Appends events for publishers that wait.
 *
 * 1. Resolves only when the record is durable (P1).
 * 2. After `withinMs` the publisher is told `log_unavailable` and the record is withdrawn: no later try sends it. Only
 *    the try under way at that moment may still make it durable, which "nothing is known" allows for.
 * 3. A record's bytes count as in flight until the batcher lets go of it, which is later than 2 by one try at most.
 */
export class EventAppender {
  readonly #batcher: Batcher;
  readonly #budget: ByteBudget;
  readonly #withinMs: number;
  readonly #withdrawn = new WeakSet<NewRecord>();
  /** Monotonic ms of the last refusal, if no append has succeeded since. */
  #refusedAt: number | undefined;

  constructor(log: Pick<Log, 'append'>, budget: ByteBudget, options: EventAppenderOptions) {
    this.#budget = budget;
    this.#withinMs = options.withinMs;
    const source = { append: (records: readonly NewRecord[]) => this.#appendKept(log, records) };
    const onTrouble = (error: LogError, tries: number) => {
      this.#refusedAt = performance.now();
      options.onTrouble(error, tries);
    };
    this.#batcher = new Batcher(source, { onTrouble });
  }

  append(record: NewRecord): Promise<Appended> {
    const lease = this.#budget.lease();
    lease.hold(sizeOf(record));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#withdrawn.add(record);
        reject(new LogError('log_unavailable', `the log did not answer within ${this.#withinMs} ms`));
      }, this.#withinMs);
      const settled = () => {
        clearTimeout(timer);
        lease.release();
      };
      this.#batcher.append(record).then(
        (appended) => {
          settled();
          resolve(appended);
        },
        (error: unknown) => {
          settled();
          reject(error);
        },
      );
    });
  }

  /** Records handed over and not answered yet, withdrawn ones included. */
  get waiting(): number {
    return this.#batcher.waiting;
  }

  /** How long the oldest append to any of the partitions has waited, ms. */
  oldestWaitMs(partitions: number): number {
    let oldest = 0;
    for (let partition = 0; partition < partitions; partition += 1) {
      oldest = Math.max(oldest, this.#batcher.oldestWaitMs(partition));
    }
    return oldest;
  }

  /** How long ago the log refused an append, ms; undefined: it has taken one since, or never refused. */
  refusedMsAgo(): number | undefined {
    return this.#refusedAt === undefined ? undefined : performance.now() - this.#refusedAt;
  }

  /** Rejects what still waits with `log_closed`. */
  stop(): void {
    this.#batcher.stop();
  }

  async #appendKept(log: Pick<Log, 'append'>, records: readonly NewRecord[]): Promise<readonly Appended[]> {
    const kept = records.filter((record) => !this.#withdrawn.has(record));
    if (kept.length === records.length) return this.#appendNow(log, records);
    const inPlace = <T>(answers: readonly T[]): (T | Appended | undefined)[] => {
      const answerOf = new Map(kept.map((record, at) => [record, answers[at]]));
      return records.map((record) => (answerOf.has(record) ? answerOf.get(record) : WITHDRAWN));
    };
    try {
      return inPlace(kept.length === 0 ? [] : await this.#appendNow(log, kept)) as Appended[];
    } catch (error) {
      if (!(error instanceof LogError) || error.appended === undefined) throw error;
      const options = { cause: error, appended: inPlace(error.appended) };
      throw new LogError(error.code, error.message, options);
    }
  }

  async #appendNow(log: Pick<Log, 'append'>, records: readonly NewRecord[]): Promise<readonly Appended[]> {
    const appended = await log.append(records);
    this.#refusedAt = undefined;
    return appended;
  }
}
