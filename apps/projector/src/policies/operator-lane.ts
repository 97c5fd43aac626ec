import type { LogRecord } from '#log';
import { persist } from '../persist.ts';
import type { ProjectorLogger } from '../projector-ports.ts';
import { RecordQueue } from '../record-queue.ts';
import { noticeOf, type OperatorNotice } from './operator-notice.ts';

const BATCH_RECORDS = 2_000;
const BATCH_BYTES = 1024 * 1024;
/** Of notices that were given, so many are remembered at least. */
const REMEMBERED = 10_000;

export interface OperatorLaneOptions {
  /** Durable when it resolves. */
  readonly publish: (notices: readonly OperatorNotice[]) => Promise<void>;
  /** Are these news, and did they happen? */
  readonly isNews: (notice: OperatorNotice, record: LogRecord) => Promise<boolean>;
  readonly commit: (offset: number) => Promise<void>;
  readonly logger: ProjectorLogger;
  /** What waits has changed: pause, or go on. */
  readonly onChange: () => void;
  readonly onCrash: (error: Error) => void;
}

/**
 * Tells operators of one topic-partition, in order.
 *
 * 1. A position is committed only after the notices before it are durable (P2). What is told twice after a crash has the
 *    same event id, and is delivered once (P10).
 * 2. One notice of a seed is given, as far as this lane remembers.
 */
export class OperatorLane {
  readonly #options: OperatorLaneOptions;
  readonly #queue = new RecordQueue(0);
  readonly #ending = new AbortController();
  readonly #given = new Set<string>();
  #flow: Promise<void> | undefined;

  constructor(options: OperatorLaneOptions) {
    this.#options = options;
  }

  get records(): number {
    return this.#queue.records;
  }

  accept(records: readonly LogRecord[]): void {
    this.#queue.accept(records);
    this.#options.onChange();
    this.#start();
  }

  async end(): Promise<void> {
    this.#ending.abort(new Error('this partition is not ours any more'));
    await this.#flow;
  }

  #start(): void {
    if (this.#flow !== undefined || this.#queue.records === 0 || this.#ending.signal.aborted) return;
    this.#flow = this.#tell().finally(() => {
      this.#flow = undefined;
      this.#options.onChange();
      this.#start();
    });
  }

  async #tell(): Promise<void> {
    const { publish, commit, onCrash } = this.#options;
    const { signal } = this.#ending;
    try {
      const batch = this.#queue.head(BATCH_RECORDS, BATCH_BYTES);
      const notices = await this.#newsIn(batch);
      if (notices.length > 0) await this.#try(() => publish(notices));
      for (const { seed } of notices) this.#remember(seed);
      const next = (batch.at(-1)?.offset ?? -1) + 1;
      this.#queue.dropBelow(next);
      await this.#try(() => commit(next));
    } catch (error) {
      if (!signal.aborted) onCrash(error instanceof Error ? error : new Error(String(error)));
    }
  }

  async #newsIn(batch: readonly LogRecord[]): Promise<readonly OperatorNotice[]> {
    const notices = new Map<string, OperatorNotice>();
    for (const record of batch) {
      const notice = noticeOf(record);
      if (notice === undefined || this.#given.has(notice.seed) || notices.has(notice.seed)) continue;
      if (await this.#try(() => this.#options.isNews(notice, record))) notices.set(notice.seed, notice);
    }
    return [...notices.values()];
  }

  #try<T>(attempt: () => Promise<T>): Promise<T> {
    const { logger } = this.#options;
    const { signal } = this.#ending;
    return persist(attempt, {
      signal,
      onFailure: (error, waitMs) => logger.warn({ waitMs, err: error }, 'operators wait to be told'),
    });
  }

  #remember(seed: string): void {
    this.#given.add(seed);
    if (this.#given.size <= REMEMBERED) return;
    const [oldest] = this.#given;
    if (oldest !== undefined) this.#given.delete(oldest);
  }
}
