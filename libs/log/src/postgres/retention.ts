import type { Pool } from 'pg';
import { topics, type TopicName } from '../topics.ts';
import type { PostgresPartition } from './postgres-partition.ts';

/** Rows of one statement: short enough that appends beside it do not notice. */
const ROWS_AT_ONCE = 5_000;

const retentionOf = new Map<TopicName, number | null>(topics.map((spec) => [spec.name, spec.retentionMs]));

/**
 * Deletes what its topic no longer keeps, oldest first. The offset it got to is written in the same statement, so that
 * a partition that was emptied still knows its next offset.
 */
export class Retention {
  readonly #pool: Pool;
  readonly #statement: string;

  constructor(pool: Pool, schema: string) {
    this.#pool = pool;
    // Append times never fall within a partition: only its first rows have to be looked at, and all up to the last old
    // one are old. A range, not a join: without statistics the planner joins row by row, and takes minutes.
    this.#statement = `
      WITH head AS (
        SELECT off, appended_at FROM ${schema}.records WHERE topic = $1 AND part = $2 ORDER BY off LIMIT ${ROWS_AT_ONCE}
      ), gone AS (
        DELETE FROM ${schema}.records
        WHERE topic = $1 AND part = $2 AND off <= (SELECT max(off) FROM head WHERE appended_at < $3) RETURNING off
      )
      INSERT INTO ${schema}.starts (topic, part, first_off)
      SELECT $1::smallint, $2::smallint, max(off) + 1 FROM gone HAVING count(*) > 0
      ON CONFLICT (topic, part) DO UPDATE SET first_off = greatest(starts.first_off, excluded.first_off)
      RETURNING first_off, (SELECT count(*) FROM gone)::integer AS deleted`;
  }

  /** `control` is kept for ever. `now`: epoch ms by the log's clock. Gives the number of records deleted. */
  async sweep(partitions: Iterable<PostgresPartition>, now: number): Promise<number> {
    let total = 0;
    for (const partition of partitions) {
      const keptMs = retentionOf.get(partition.topic) ?? null;
      if (keptMs === null || partition.start === partition.end) continue;
      for (let deleted = ROWS_AT_ONCE; deleted === ROWS_AT_ONCE; total += deleted) {
        deleted = await this.#sweepOnce(partition, Math.floor(now - keptMs));
      }
    }
    return total;
  }

  async #sweepOnce(partition: PostgresPartition, before: number): Promise<number> {
    const answer = await this.#pool.query<{ first_off: string; deleted: number }>(this.#statement, [
      partition.topicId,
      partition.partition,
      before,
    ]);
    const row = answer.rows[0];
    if (row !== undefined) partition.truncated(Number(row.first_off));
    return row?.deleted ?? 0;
  }
}
