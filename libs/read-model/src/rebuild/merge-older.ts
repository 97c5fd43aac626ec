import type { EntityManager } from 'typeorm';
import { deliveryConflict } from '../store/delivery-upsert.ts';
import { latestUse } from '../store/key-use-upsert.ts';
import { trimmed, type LogStart } from './log-starts.ts';

/** Rows older than the log: how a table tells, and what makes two rows the same. */
const olderRows = [
  { table: 'events', topic: `'events'`, offset: 'log_offset', key: ['tenant_id', 'id'] },
  { table: 'unmatched_events', topic: `'outcomes'`, offset: 'log_offset', key: ['tenant_id', 'event_id'] },
  { table: 'attempts', topic: `'outcomes'`, offset: 'log_offset', key: ['delivery_id', 'chain', 'attempt'] },
] as const;

const LAST = ['last_chain', 'last_attempt', 'last_status_code', 'last_error', 'last_duration_ms'];

/**
 * Takes over what the log no longer holds (P5: older rows stay as they are). Both schemas stand at the same positions.
 *
 * - A row whose record is older than the log is the first of its key, so it stays, and replaces a copy found later.
 * - A delivery that reaches over the log's start is folded from both sides.
 * - A day that the log holds only in part keeps its counters: only whole days are recounted.
 */
export async function mergeOlder(
  manager: EntityManager,
  live: string,
  shadow: string,
  starts: readonly LogStart[],
): Promise<void> {
  const gone = trimmed(starts);
  if (gone.length === 0) return;
  await manager.query('CREATE TEMP TABLE log_starts (topic text, part integer, start bigint) ON COMMIT DROP');
  await manager.query(
    'INSERT INTO log_starts SELECT * FROM unnest($1::text[], $2::integer[], $3::bigint[])',
    [
      gone.map(({ topic }) => topic),
      gone.map(({ partition }) => partition),
      gone.map(({ offset }) => offset),
    ],
  );
  const older = (topic: string, partition: string, offset: string) =>
    `EXISTS (SELECT FROM log_starts g WHERE g.topic = ${topic} AND g.part = ${partition} AND ${offset} < g.start)`;

  for (const { table, topic, offset, key } of olderRows) {
    const isOlder = older(topic, 'l.log_partition', `l.${offset}`);
    const same = key.map((column) => `s.${column} = l.${column}`).join(' AND ');
    await manager.query(
      `DELETE FROM ${shadow}.${table} s USING ${live}.${table} l WHERE ${same} AND ${isOlder}`,
    );
    await manager.query(`INSERT INTO ${shadow}.${table} SELECT l.* FROM ${live}.${table} l WHERE ${isOlder}`);
  }
  // One may reach over the log's start: what it holds beyond is in newer rows too, which are found first.
  const isOlderValue = older('l.topic', 'l.log_partition', 'l.first_offset');
  await manager.query(
    `INSERT INTO ${shadow}.record_values SELECT l.* FROM ${live}.record_values l WHERE ${isOlderValue}`,
  );
  const isOlderReport = older(`'quarantine'`, '0', 'l.report_offset');
  await manager.query(
    `INSERT INTO ${shadow}.quarantine SELECT l.* FROM ${live}.quarantine l WHERE ${isOlderReport} ON CONFLICT DO NOTHING`,
  );
  // The latest use of a key may be older than the log, or newer: the later one stays.
  await manager.query(`INSERT INTO ${shadow}.key_uses AS t SELECT l.* FROM ${live}.key_uses l ${latestUse}`);

  const isOlderHead = older('l.head_topic', 'l.log_partition', 'l.head_offset');
  await manager.query(
    `INSERT INTO ${shadow}.deliveries AS t SELECT l.* FROM ${live}.deliveries l WHERE ${isOlderHead} ${deliveryConflict}`,
  );
  // Their last request may be older than the log, though what came after it is not.
  await manager.query(
    `UPDATE ${shadow}.deliveries t SET ${LAST.map((column) => `${column} = l.${column}`).join(', ')}
     FROM ${live}.deliveries l JOIN ${live}.attempts a
       ON a.delivery_id = l.id AND a.chain = l.last_chain AND a.attempt = l.last_attempt
     WHERE t.id = l.id AND ${older(`'outcomes'`, 'a.log_partition', 'a.log_offset')}
       AND (l.last_chain, l.last_attempt) > (coalesce(t.last_chain, -1), coalesce(t.last_attempt, -1))`,
  );

  const since = gone.flatMap((start) => (start.topic === 'outcomes' ? [start.since ?? Infinity] : []));
  if (since.length === 0) return;
  const last = Math.max(...since);
  const partial = last === Infinity ? 'infinity' : new Date(last).toISOString().slice(0, 10);
  await manager.query(
    `DELETE FROM ${shadow}.endpoint_days s USING ${live}.endpoint_days l
     WHERE s.endpoint_id = l.endpoint_id AND s.day = l.day AND l.day <= $1::date`,
    [partial],
  );
  await manager.query(
    `INSERT INTO ${shadow}.endpoint_days SELECT l.* FROM ${live}.endpoint_days l WHERE l.day <= $1::date`,
    [partial],
  );
}
