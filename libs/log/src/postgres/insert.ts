import type { NewRecord } from '../port/record.ts';
import type { Statements } from './serial-connection.ts';

/** One record with the offset it gets. */
export interface Placed {
  readonly record: NewRecord;
  readonly topicId: number;
  readonly offset: number;
}

/**
 * One statement, one commit. All bytes travel as one binary parameter that the server cuts up: as arrays of text they
 * would be escaped byte by byte, which costs more than everything else together.
 */
export const insertStatement = (schema: string): string => `
  INSERT INTO ${schema}.records (topic, part, off, appended_at, key, headers, value)
  SELECT t, p, o, $8,
    CASE WHEN k < 0 THEN NULL ELSE convert_from(substring($7::bytea FROM s FOR k), 'UTF8') END,
    convert_from(substring($7 FROM s + greatest(k, 0) FOR h), 'UTF8'),
    substring($7 FROM s + greatest(k, 0) + h FOR v)
  FROM unnest($1::smallint[], $2::smallint[], $3::bigint[], $4::integer[], $5::integer[], $6::integer[], $9::integer[])
    AS placed(t, p, o, k, h, v, s)`;

export async function insert(
  client: Statements,
  schema: string,
  placed: readonly Placed[],
  appendedAt: number,
): Promise<void> {
  const parts: Uint8Array[] = [];
  const topics: number[] = [];
  const partitions: number[] = [];
  const offsets: number[] = [];
  const keys: number[] = [];
  const headers: number[] = [];
  const values: number[] = [];
  const starts: number[] = [];
  // Positions in SQL count from 1.
  let position = 1;
  for (const { record, topicId, offset } of placed) {
    // Text columns hold any character but NUL; the key is for readers only.
    const key = record.key === null ? null : Buffer.from(record.key.replaceAll('\0', '\ufffd'));
    const head = Buffer.from(JSON.stringify(record.headers));
    if (key !== null) parts.push(key);
    parts.push(head, record.value);
    topics.push(topicId);
    partitions.push(record.partition);
    offsets.push(offset);
    keys.push(key === null ? -1 : key.length);
    headers.push(head.length);
    values.push(record.value.byteLength);
    starts.push(position);
    position += (key?.length ?? 0) + head.length + record.value.byteLength;
  }
  await client.query({
    name: 'append',
    text: insertStatement(schema),
    values: [
      array(topics),
      array(partitions),
      array(offsets),
      array(keys),
      array(headers),
      array(values),
      Buffer.concat(parts),
      Math.floor(appendedAt),
      array(starts),
    ],
  });
}

const array = (numbers: readonly number[]): string => `{${numbers.join(',')}}`;
