import type { Pool } from 'pg';
import { cutSlice } from '../core/slices.ts';
import type { SliceCaps } from '../core/feed.ts';
import type { Headers, LogRecord } from '../port/record.ts';
import type { TopicName } from '../topics.ts';
import { toLogError } from './to-log-error.ts';

interface Row {
  readonly off: string;
  readonly appended_at: string;
  readonly key: string | null;
  readonly headers: string;
  readonly value: Buffer;
}

/** Range reads by primary key, for readers behind the tail. */
export class RecordReader {
  readonly #pool: Pool;
  readonly #statement: string;

  constructor(pool: Pool, schema: string) {
    this.#pool = pool;
    // The running size stops the server from sending rows that the slice has no room for.
    this.#statement = `
      SELECT off, appended_at, key, headers, value FROM (
        SELECT *, sum(octet_length(value)) OVER (ORDER BY off) - octet_length(value) AS before
        FROM (
          SELECT off, appended_at, key, headers, value FROM ${schema}.records
          WHERE topic = $1 AND part = $2 AND off >= $3 AND off < $4 ORDER BY off LIMIT $5
        ) range
      ) sized WHERE before <= $6 ORDER BY off`;
  }

  async slice(
    of: { readonly topic: TopicName; readonly topicId: number; readonly partition: number },
    from: number,
    to: number,
    caps: SliceCaps,
  ): Promise<readonly LogRecord[]> {
    try {
      const answer = await this.#pool.query<Row>({
        name: 'slice',
        text: this.#statement,
        values: [of.topicId, of.partition, Math.max(0, from), to, caps.records, caps.bytes],
      });
      const records = answer.rows.map((row) => toRecord(of.topic, of.partition, row));
      return cutSlice(records, 0, caps);
    } catch (error) {
      throw toLogError(error);
    }
  }
}

function toRecord(topic: TopicName, partition: number, row: Row): LogRecord {
  return {
    topic,
    partition,
    key: row.key,
    headers: JSON.parse(row.headers) as Headers,
    value: row.value,
    offset: Number(row.off),
    appendedAt: Number(row.appended_at),
  };
}
