import type { LogRecord, TopicName } from '#log';
import { isDataError, type ProjectionChanges, type ProjectionStore } from '#read-model';
import { persist } from './persist.ts';
import type { Permits } from './permits.ts';
import { gathered, type Projection } from './projections/projection.ts';
import type { ProjectorLogger, ProjectorMetrics } from './projector-ports.ts';
import { RecordQueue } from './record-queue.ts';

const MAX_BATCH_RECORDS = 1_000;
const MAX_BATCH_BYTES = 4 * 1024 * 1024;

/** What a lane needs from the projector around it. */
export interface LaneSurroundings {
  readonly projection: string;
  readonly store: ProjectionStore;
  /** Transactions at once, over all lanes. */
  readonly permits: Permits;
  /** Appends to `quarantine`; resolves when durable. */
  readonly report: (record: LogRecord, reason: string) => Promise<void>;
  readonly logger: ProjectorLogger;
  readonly metrics: ProjectorMetrics;
  /** The next record handed over must be the one at `offset`. */
  readonly seek: (offset: number) => void;
  /** Queue, position or health changed. */
  readonly onChange: () => void;
}

interface Projected {
  readonly record: LogRecord;
  readonly changes: Partial<ProjectionChanges>;
}

/**
 * The way of one topic-partition into the tables.
 *
 * Invariants
 * 1. One transaction at a time, records in order; `position` is what the table holds as far as this lane knows, and
 *    every slice moves it by compare-and-set (P5). Whoever loses that race goes on from the table's position.
 * 2. Whatever gathers during one transaction is the next batch: a lone record is written at once, a backlog in
 *    thousands.
 * 3. A record nobody can read, or that no table can hold, is reported durably before the position passes it (P2, P9).
 * 4. A record of a newer release stops the lane before it; all records before it are applied (R21).
 * 5. The database may be away for any time: the batch is tried again, nothing is dropped, nothing crashes.
 */
export class ProjectionLane {
  readonly topic: TopicName;
  readonly partition: number;
  readonly #project: Projection;
  readonly #around: LaneSurroundings;
  readonly #ending = new AbortController();
  readonly #queue: RecordQueue;
  #position: number | null;
  #running: Promise<void> | undefined;
  #stopped = false;
  #failing = false;

  constructor(
    at: { topic: TopicName; partition: number; position: number | null },
    project: Projection,
    around: LaneSurroundings,
  ) {
    this.topic = at.topic;
    this.partition = at.partition;
    this.#position = at.position;
    this.#queue = new RecordQueue(at.position ?? 0);
    this.#project = project;
    this.#around = around;
  }

  get position(): number | null {
    return this.#position;
  }

  get records(): number {
    return this.#queue.records;
  }

  get bytes(): number {
    return this.#queue.bytes;
  }

  /** True: waits for a newer release of this app (invariant 4). */
  get stopped(): boolean {
    return this.#stopped;
  }

  get failing(): boolean {
    return this.#failing;
  }

  accept(records: readonly LogRecord[]): void {
    this.#queue.accept(records);
    this.#around.onChange();
    this.#start();
  }

  /** Lets the transaction under way end, drops the rest. */
  async end(): Promise<void> {
    this.#ending.abort();
    if (this.#stopped) this.#around.metrics.stopped(this.topic, this.partition, false);
    await this.#running;
  }

  #start(): void {
    const isIdle = this.#queue.records === 0 || this.#stopped;
    if (isIdle || this.#running !== undefined || this.#ending.signal.aborted) return;
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
      this.#around.onChange();
      // What came between the loop's last look and here found it still running.
      this.#start();
    });
  }

  async #run(): Promise<void> {
    const { signal } = this.#ending;
    try {
      while (this.#queue.records > 0 && !this.#stopped) {
        signal.throwIfAborted();
        await this.#applyBatch(this.#queue.head(MAX_BATCH_RECORDS, MAX_BATCH_BYTES));
        this.#around.onChange();
      }
    } catch (error) {
      // Only the end of the lane gets here: everything else is tried again.
      if (!signal.aborted) throw error;
    }
  }

  async #applyBatch(batch: readonly LogRecord[]): Promise<void> {
    const projected: Projected[] = [];
    for (const record of batch) {
      const decoded = this.#read(record);
      if (decoded.ok) projected.push({ record, changes: decoded.value });
      else if (decoded.why === 'newer') {
        this.#stop(record, decoded.version);
        break;
      } else {
        await this.#quarantine(record, decoded.reason);
        projected.push({ record, changes: {} });
      }
    }
    if (projected.length > 0) await this.#apply(projected);
  }

  /** A value that decodes and yet breaks its fold is as unreadable as any other. */
  #read(record: LogRecord): ReturnType<Projection> {
    try {
      return this.#project(record);
    } catch (error) {
      return { ok: false, why: 'unreadable', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  /** False: the table stands elsewhere now; what is left of the batch is void. */
  async #apply(items: readonly Projected[]): Promise<boolean> {
    const last = items.at(-1);
    if (last === undefined) return true;
    const { projection, store, permits, metrics } = this.#around;
    const { topic, partition } = this;
    const to = last.record.offset + 1;
    const changes = gathered(items.map((item) => item.changes));
    const slice = { projection, topic, partition, from: this.#position, to, changes };
    const began = performance.now();
    try {
      const result = await this.#persist(() => permits.run(() => store.applySlice(slice)), isDataError);
      if (!result.applied && result.position !== to) {
        this.#goOnFrom(result.position);
        return false;
      }
      // Not applied, yet at `to`: our own commit, whose answer was lost.
      this.#passed(to);
      metrics.applied(topic, items.length, performance.now() - began);
      return true;
    } catch (error) {
      if (this.#ending.signal.aborted) throw error;
      return this.#isolate(items, error);
    }
  }

  /** One bad record must not keep its neighbours out: halves, until it stands alone. */
  async #isolate(items: readonly Projected[], error: unknown): Promise<boolean> {
    const [only] = items;
    if (items.length > 1) {
      const middle = Math.ceil(items.length / 2);
      return (await this.#apply(items.slice(0, middle))) && this.#apply(items.slice(middle));
    }
    if (only === undefined) return true;
    await this.#quarantine(only.record, error instanceof Error ? error.message : String(error));
    return this.#apply([{ record: only.record, changes: {} }]);
  }

  async #quarantine(record: LogRecord, reason: string): Promise<void> {
    const { topic, partition } = this;
    this.#around.metrics.quarantined(topic);
    this.#around.logger.error(
      { topic, partition, offset: record.offset, reason },
      'record cannot be projected',
    );
    // A report that cannot be read must not be reported to itself for ever.
    if (topic === 'quarantine') return;
    await this.#persist(() => this.#around.report(record, reason));
  }

  #persist<T>(work: () => Promise<T>, isTerminal?: (error: unknown) => boolean): Promise<T> {
    const { topic, partition } = this;
    const { logger, onChange } = this.#around;
    const attempt = async () => {
      const result = await work();
      if (this.#failing) logger.info({ topic, partition }, 'projection goes on');
      this.#failing = false;
      return result;
    };
    return persist(attempt, {
      signal: this.#ending.signal,
      ...(isTerminal === undefined ? {} : { isTerminal }),
      onFailure: (error, waitMs) => {
        // Once per outage: it may last for hours.
        if (!this.#failing)
          logger.warn({ topic, partition, waitMs, err: error }, 'projection waits and tries again');
        this.#failing = true;
        onChange();
      },
    });
  }

  #passed(position: number): void {
    this.#position = position;
    this.#queue.dropBelow(position);
  }

  /** Invariant 1: another projector, or a rebuild, moved the table. */
  #goOnFrom(position: number | null): void {
    const { topic, partition } = this;
    this.#around.logger.warn({ topic, partition, position }, 'projection moved by another process');
    const begin = position ?? 0;
    const isHeld = begin >= (this.#position ?? 0) && begin <= this.#queue.tail;
    this.#position = position;
    if (isHeld) {
      this.#queue.dropBelow(begin);
    } else {
      this.#queue.restart(begin);
      this.#around.seek(begin);
    }
  }

  #stop(record: LogRecord, version: number): void {
    const { topic, partition } = this;
    this.#stopped = true;
    this.#around.metrics.stopped(topic, partition, true);
    this.#around.logger.error(
      { topic, partition, offset: record.offset, version },
      'record of a newer release: upgrade this process, until then this partition waits',
    );
  }
}
