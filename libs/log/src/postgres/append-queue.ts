import { MAX_RECORD_BYTES, refuseTooLarge } from '../core/slices.ts';
import { LogError } from '../port/log-error.ts';
import { sizeOf, type Appended, type NewRecord } from '../port/record.ts';
import { insert, type Placed } from './insert.ts';
import type { Partitions } from './partitions.ts';
import type { PostgresPartition } from './postgres-partition.ts';
import type { Statements } from './serial-connection.ts';
import { toLogError } from './to-log-error.ts';

/** Cuts of one statement; an append by itself may be larger. */
const STATEMENT_RECORDS = 5_000;
const STATEMENT_BYTES = 8 * 1_024 * 1_024;

interface Waiting {
  readonly records: readonly NewRecord[];
  readonly bytes: number;
  readonly resolve: (answers: readonly Appended[]) => void;
  readonly reject: (error: LogError) => void;
}

/**
 * Appends, one statement at a time, on the connection that holds the lock.
 *
 * 1. Statements do not overlap, so a reader never meets a later offset before an earlier one.
 * 2. The connection is the lock's: a process that lost ownership cannot write, whatever it believes.
 * 3. After a failure the ends are read again before the next offset is given: the statement may have gone through.
 * 4. What was appended is seen by readers only once it is durable.
 */
export class AppendQueue {
  readonly #owner: Statements;
  readonly #schema: string;
  readonly #partitions: Partitions;
  readonly #now: () => number;
  #queue: Waiting[] = [];
  #running: Promise<void> | undefined;
  #isSuspect = false;
  #closed: LogError | undefined;

  constructor(owner: Statements, schema: string, partitions: Partitions, now: () => number) {
    this.#owner = owner;
    this.#schema = schema;
    this.#partitions = partitions;
    this.#now = now;
  }

  append(records: readonly NewRecord[]): Promise<readonly Appended[]> {
    return new Promise((resolve, reject) => {
      if (this.#closed !== undefined) throw this.#closed;
      let bytes = 0;
      for (const record of records) {
        this.#partitions.one(record.topic, record.partition);
        refuseTooLarge(record, MAX_RECORD_BYTES);
        bytes += sizeOf(record);
      }
      if (records.length === 0) return resolve([]);
      this.#queue.push({ records, bytes, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Refuses what comes from now on; resolves when what was accepted is answered. */
  async close(reason: LogError): Promise<void> {
    this.#closed ??= reason;
    await this.#running;
  }

  async #run(): Promise<void> {
    // Appends of one turn go into one statement.
    await Promise.resolve();
    while (this.#queue.length > 0) await this.#flush(this.#cut());
    this.#running = undefined;
  }

  #cut(): readonly Waiting[] {
    let records = 0;
    let bytes = 0;
    const over = this.#queue.findIndex((waiting, at) => {
      records += waiting.records.length;
      bytes += waiting.bytes;
      return at > 0 && (records > STATEMENT_RECORDS || bytes > STATEMENT_BYTES);
    });
    return this.#queue.splice(0, over === -1 ? this.#queue.length : over);
  }

  async #flush(batch: readonly Waiting[]): Promise<void> {
    try {
      if (this.#isSuspect) await this.#partitions.load();
      this.#isSuspect = false;
      const placed = this.#place(batch);
      const appendedAt = this.#now();
      await insert(this.#owner, this.#schema, placed, appendedAt);
      this.#answer(batch, placed, appendedAt);
    } catch (error) {
      this.#isSuspect = true;
      for (const waiting of batch) waiting.reject(this.#closed ?? toLogError(error));
    }
  }

  #place(batch: readonly Waiting[]): readonly Placed[] {
    const next = new Map<PostgresPartition, number>();
    return batch.flatMap(({ records }) =>
      records.map((record) => {
        const partition = this.#partitions.one(record.topic, record.partition);
        const offset = next.get(partition) ?? partition.end;
        next.set(partition, offset + 1);
        return { record, topicId: partition.topicId, offset };
      }),
    );
  }

  #answer(batch: readonly Waiting[], placed: readonly Placed[], appendedAt: number): void {
    const touched = new Set<PostgresPartition>();
    for (const { record, offset } of placed) {
      const partition = this.#partitions.one(record.topic, record.partition);
      const { topic, key, headers, value } = record;
      partition.appended({ topic, partition: record.partition, key, headers, value, offset, appendedAt });
      touched.add(partition);
    }
    let at = 0;
    for (const { records, resolve } of batch) {
      resolve(placed.slice(at, at + records.length).map(({ offset }) => ({ offset, appendedAt })));
      at += records.length;
    }
    for (const partition of touched) partition.wake();
  }
}
