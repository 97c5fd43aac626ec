import {
  LogError,
  MemoryLog,
  type Appended,
  type Group,
  type GroupHandlers,
  type GroupOptions,
  type MemoryStore,
  type NewRecord,
  type TopicName,
} from '#log';
import type { Place } from './witness.ts';

/**
 * How one append goes wrong. `refused`: nothing was written. `answer lost`: everything was, and nobody hears of it. `in
 * part`: one partition was, and the log says so (R14).
 */
export type Trouble = 'refused' | 'answer lost' | 'in part';

/** Told right after records were written, before whoever asked for it. */
export type OnWritten = (places: readonly Place[]) => void;

/** One process's way to the log: slow, cut off, or ended in the middle of what it asked for. */
export class ModelLog extends MemoryLog {
  readonly troubles: Trouble[] = [];
  /** Ms on the way to the log, and as many on the way back. */
  slowMs = 0;
  refusesCommits = false;
  memberOf: Group | undefined;
  readonly #store: MemoryStore;
  readonly #onWritten: OnWritten;
  readonly #onCommitted: (topic: TopicName, partition: number) => void;
  #way: 'open' | 'cut' | 'ended' = 'open';
  #lands = false;
  /** Appends that are under way. */
  readonly #wakers = new Set<() => void>();

  constructor(
    store: MemoryStore,
    onWritten: OnWritten,
    onCommitted: (topic: TopicName, partition: number) => void,
  ) {
    super(store);
    this.#store = store;
    this.#onWritten = onWritten;
    this.#onCommitted = onCommitted;
  }

  /** Nothing comes through until {@link heal}; what was asked for arrives then. */
  cut(): void {
    if (this.#way === 'open') this.#way = 'cut';
  }

  heal(): void {
    if (this.#way === 'cut') this.#way = 'open';
    this.#wake();
  }

  /** kill -9. `lands`: what was under way is written all the same, now. */
  end(lands: boolean): void {
    this.#lands = lands && this.#way === 'open';
    this.#way = 'ended';
    this.#wake();
  }

  get isEnded(): boolean {
    return this.#way === 'ended';
  }

  override async join(options: GroupOptions, handlers: GroupHandlers): Promise<Group> {
    return (this.memberOf = await super.join(options, handlers));
  }

  override async append(records: readonly NewRecord[]): Promise<readonly Appended[]> {
    if (this.isEnded) throw ended();
    await this.#travel();
    if (this.isEnded && !this.#lands) throw ended();
    const trouble = this.troubles.shift();
    if (trouble === 'refused') throw away();
    const first = records[0];
    if (trouble === 'in part' && first !== undefined) return this.#inPart(records, first);
    const answers = await this.#write(records);
    await this.#travel();
    if (this.isEnded) throw ended();
    if (trouble === 'answer lost') throw away();
    return answers;
  }

  override async commit(...asked: Parameters<MemoryLog['commit']>): Promise<void> {
    if (this.#way !== 'open' || this.refusesCommits) throw away();
    await super.commit(...asked);
    this.#onCommitted(asked[1], asked[2]);
  }

  override read(...asked: Parameters<MemoryLog['read']>): ReturnType<MemoryLog['read']> {
    if (this.#way === 'cut') throw away();
    return super.read(...asked);
  }

  async #inPart(records: readonly NewRecord[], first: NewRecord): Promise<never> {
    const isThere = (record: NewRecord) =>
      record.topic === first.topic && record.partition === first.partition;
    const written = await this.#write(records.filter(isThere));
    let next = 0;
    const appended = records.map((record) => (isThere(record) ? written[next++] : undefined));
    throw new LogError('log_unavailable', 'some partitions did not answer (asked for by the model)', {
      appended,
    });
  }

  async #write(records: readonly NewRecord[]): Promise<readonly Appended[]> {
    const answers = await this.#store.append(records);
    const places = records.map(({ topic, partition }, at) => ({
      topic,
      partition,
      offset: answers[at]?.offset ?? -1,
    }));
    this.#onWritten(places);
    return answers;
  }

  async #travel(): Promise<void> {
    if (this.slowMs > 0 && this.#way === 'open') await this.#wait(this.slowMs);
    while (this.#way === 'cut') await this.#wait(undefined);
  }

  /** `ms` undefined: until the way is open again. */
  #wait(ms: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#wakers.delete(wake);
        resolve();
      };
      const timer = ms === undefined ? undefined : setTimeout(wake, ms);
      this.#wakers.add(wake);
    });
  }

  #wake(): void {
    for (const wake of this.#wakers) wake();
  }
}

const away = () => new LogError('log_unavailable', 'the log is away (asked for by the model)');
const ended = () => new LogError('log_closed', 'the process has ended');
