import type { Headers, LogRecord, TopicName } from '#log';
import { queryInstallation } from '../../../support/installation-database.ts';
import { PARTITIONS } from '../plan/world.ts';

interface Row {
  readonly part: number;
  readonly off: string;
  readonly at: string;
  readonly key: string | null;
  readonly headers: string;
  readonly value: Buffer;
}

/** Of each partition in one query. */
const AT_ONCE = 500;

/** Reads the log of a data folder on from where it stopped, past the process that owns it: its tables are plain ones. */
export class StandaloneTail {
  readonly #folder: string;
  readonly #topics: readonly TopicName[];
  readonly #onRecord: (record: LogRecord) => void;
  readonly #positions = new Map<string, number>();

  constructor(folder: string, topics: readonly TopicName[], onRecord: (record: LogRecord) => void) {
    this.#folder = folder;
    this.#topics = topics;
    this.#onRecord = onRecord;
  }

  /** Next offset by `<topic>/<partition>`. */
  get positions(): ReadonlyMap<string, number> {
    return this.#positions;
  }

  /** Reads to the end as it is now. Rejects while PostgreSQL is away. */
  async readOn(): Promise<void> {
    for (const topic of this.#topics) {
      while (await this.#readSome(topic));
    }
  }

  /** Resolves true while there may be more. */
  async #readSome(topic: TopicName): Promise<boolean> {
    const next = Array.from({ length: PARTITIONS }, (_, part) => {
      return `(${part}, ${this.#positions.get(`${topic}/${part}`) ?? 0})`;
    });
    // Of an outcome it matters whether there is a value.
    const value = topic === 'outcomes' ? 'substring(value FROM 1 FOR 1)' : 'value';
    const rows = await queryInstallation<Row>(
      this.#folder,
      `SELECT r.* FROM (VALUES ${next.join(', ')}) AS p(part, next) CROSS JOIN LATERAL (
         SELECT part, off, appended_at AS at, key, headers, ${value} AS value FROM hyperhook_log.records
         WHERE topic = (SELECT id FROM hyperhook_log.topics WHERE name = '${topic}')
           AND part = p.part AND off >= p.next ORDER BY off LIMIT ${AT_ONCE}
       ) AS r`,
    );
    const counts = new Map<number, number>();
    for (const row of rows) {
      const offset = Number(row.off);
      counts.set(row.part, (counts.get(row.part) ?? 0) + 1);
      this.#positions.set(`${topic}/${row.part}`, offset + 1);
      this.#onRecord({
        topic,
        partition: row.part,
        offset,
        appendedAt: Number(row.at),
        key: row.key,
        headers: JSON.parse(row.headers) as Headers,
        value: row.value,
      });
    }
    return [...counts.values()].includes(AT_ONCE);
  }
}
