import type { LogRecord, TopicName } from '#log';
import type { ProjectionChanges } from '#read-model';
import { persist } from './persist.ts';
import type { Projection } from './projections/projection.ts';
import type { ProjectorLogger, ProjectorMetrics } from './projector-ports.ts';
import { RecordQueue } from './record-queue.ts';

/** What a lane needs from the projector around it. */
export interface LaneSurroundings {
  /** Appends to `quarantine`; resolves when durable. */
  readonly report: (record: LogRecord, reason: string) => Promise<void>;
  readonly logger: ProjectorLogger;
  readonly metrics: ProjectorMetrics;
  /** The next record handed over must be the one at `offset`. */
  readonly seek: (offset: number) => void;
  /** Queue, position or health changed. */
  readonly onChange: () => void;
}

export interface Projected {
  readonly record: LogRecord;
  readonly changes: Partial<ProjectionChanges>;
}

/** Records of one lane that stand next to each other, folded; the first one stands at `from`, or is the first of all. */
export interface Portion {
  readonly lane: ProjectionLane;
  readonly from: number | null;
  readonly items: readonly Projected[];
}

/**
 * One topic-partition on its way into the tables: what waits, where the table stands, and what is in the way.
 *
 * Invariants
 * 1. `position` is what the table holds as far as this lane knows. Whoever finds that somebody else moved it goes on from
 *    the table's position (P5).
 * 2. A record nobody can read, or that no table can hold, is reported durably before the position passes it (P2, P9);
 *    until then nothing after it is given out.
 * 3. A record of a newer release stops the lane before it; all records before it are given out (R21).
 */
export class ProjectionLane {
  readonly topic: TopicName;
  readonly partition: number;
  readonly #project: Projection;
  readonly #around: LaneSurroundings;
  readonly #ending = new AbortController();
  readonly #queue: RecordQueue;
  #position: number | null;
  /** Offset of the record that is reported and may be passed without changing anything. */
  #reported = -1;
  #reporting: Promise<void> | undefined;
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

  /** Epoch ms at which the first record that waits here was appended; undefined: none waits. */
  get oldestAt(): number | undefined {
    return this.#queue.oldestAt;
  }

  /** True: waits for a newer release of this app (invariant 3). */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** A report does not get through to the log. */
  get failing(): boolean {
    return this.#failing;
  }

  get ended(): boolean {
    return this.#ending.signal.aborted;
  }

  /** Something could be taken now. */
  get ready(): boolean {
    return this.records > 0 && !this.#stopped && !this.ended && this.#reporting === undefined;
  }

  accept(records: readonly LogRecord[]): void {
    this.#queue.accept(records);
    this.#around.onChange();
  }

  /** The head, folded; it stays in the queue until it is {@link passed}. Undefined: nothing can be taken now. */
  take(maxRecords: number, maxBytes: number): Portion | undefined {
    if (!this.ready) return undefined;
    const items: Projected[] = [];
    for (const record of this.#queue.head(maxRecords, maxBytes)) {
      const decoded = record.offset === this.#reported ? nothing : this.#read(record);
      if (decoded.ok) {
        items.push({ record, changes: decoded.value });
        continue;
      }
      // What stands before it goes first.
      if (items.length === 0) {
        if (decoded.why === 'newer') this.#stop(record, decoded.version);
        else this.refuse(record, decoded.reason);
      }
      break;
    }
    return items.length === 0 ? undefined : { lane: this, from: this.#position, items };
  }

  /** The table holds everything below `position`. */
  passed(position: number): void {
    this.#position = position;
    this.#queue.dropBelow(position);
  }

  /** Invariant 1: another projector, or a rebuild, moved the table. */
  goOnFrom(position: number | null): void {
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

  /** Invariant 2, for the record at the head. */
  refuse(record: LogRecord, reason: string): void {
    const { topic, partition } = this;
    const { logger, metrics, report, onChange } = this.#around;
    metrics.quarantined(topic);
    logger.error({ topic, partition, offset: record.offset, reason }, 'record cannot be projected');
    if (topic === 'quarantine') {
      // A report that cannot be read must not be reported to itself for ever.
      this.#reported = record.offset;
      onChange();
      return;
    }
    const { signal } = this.#ending;
    const onFailure = (error: unknown, waitMs: number) => {
      // Once per outage: it may last for hours.
      if (!this.#failing)
        logger.warn({ topic, partition, waitMs, err: error }, 'report waits and tries again');
      this.#failing = true;
      onChange();
    };
    this.#reporting = persist(() => report(record, reason), { signal, onFailure })
      .then(
        () => {
          this.#reported = record.offset;
          this.#failing = false;
        },
        // Only the end of the lane gets here: everything else is tried again.
        () => {},
      )
      .finally(() => {
        this.#reporting = undefined;
        onChange();
      });
  }

  /** Gives out nothing any more, and drops what waits. */
  async end(): Promise<void> {
    this.#ending.abort();
    if (this.#stopped) this.#around.metrics.stopped(this.topic, this.partition, false);
    await this.#reporting;
  }

  /** A value that decodes and yet breaks its fold is as unreadable as any other. */
  #read(record: LogRecord): ReturnType<Projection> {
    try {
      return this.#project(record);
    } catch (error) {
      return { ok: false, why: 'unreadable', reason: error instanceof Error ? error.message : String(error) };
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
    this.#around.onChange();
  }
}

const nothing: ReturnType<Projection> = { ok: true, value: {} };
