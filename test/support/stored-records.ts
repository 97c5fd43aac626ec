import type { Headers, LogRecord, TopicName } from '#log';
import type { Query } from './engine-under-test.ts';

interface Row {
  readonly topic: TopicName;
  readonly part: number;
  readonly off: string;
  readonly at: string;
  readonly key: string | null;
  readonly headers: string;
  readonly value: Buffer;
}

/** Every record that the PostgreSQL log holds, read past the engine: its tables are plain ones. */
export async function readStoredRecords(query: Query): Promise<readonly LogRecord[]> {
  const rows = await query<Row>(
    `SELECT t.name AS topic, r.part, r.off, r.appended_at AS at, r.key, r.headers, r.value
     FROM hyperhook_log.records r JOIN hyperhook_log.topics t ON t.id = r.topic
     ORDER BY t.name, r.part, r.off`,
  );
  return rows.map(({ topic, part, off, at, key, headers, value }) => ({
    topic,
    partition: part,
    offset: Number(off),
    appendedAt: Number(at),
    key,
    headers: JSON.parse(headers) as Headers,
    value,
  }));
}
