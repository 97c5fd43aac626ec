import type { ClientBase } from 'pg';
import { arraysOf, statementOf, type BulkColumn, type BulkTable } from './bulk-upsert.ts';
import type { ProjectionSlice } from './projection-slice.ts';

const columns: readonly BulkColumn<ProjectionSlice>[] = [
  { name: 'projection', kind: 'text', of: (slice) => slice.projection },
  { name: 'topic', kind: 'text', of: (slice) => slice.topic },
  { name: 'log_partition', kind: 'int', of: (slice) => slice.partition },
  { name: 'since', kind: 'bigint', of: (slice) => slice.from },
  { name: 'next_offset', kind: 'bigint', of: (slice) => slice.to },
];

const wanted = `unnest(${arraysOf(columns)}) AS w (projection, topic, log_partition, since, next_offset)`;

/** Locked in one order whoever moves them, so that two transactions never wait for each other in a circle. */
const move: BulkTable<ProjectionSlice> = {
  name: 'move positions',
  columns,
  sql: `WITH held AS MATERIALIZED (
      SELECT p.projection, p.topic, p.log_partition, w.next_offset FROM projection_positions p
      JOIN ${wanted} USING (projection, topic, log_partition) WHERE p.next_offset = w.since
      ORDER BY projection, topic, log_partition FOR UPDATE OF p)
    UPDATE projection_positions t SET next_offset = held.next_offset, updated_at = now() FROM held
    WHERE t.projection = held.projection AND t.topic = held.topic AND t.log_partition = held.log_partition`,
};

const begin: BulkTable<ProjectionSlice> = {
  name: 'begin positions',
  columns,
  sql: `INSERT INTO projection_positions (projection, topic, log_partition, next_offset, updated_at)
    SELECT projection, topic, log_partition, next_offset, now() FROM ${wanted}
    WHERE since IS NULL ORDER BY projection, topic, log_partition ON CONFLICT DO NOTHING`,
};

/** Compare-and-set of all of them (P5); false: at least one stands elsewhere, so the transaction must be taken back. */
export async function movePositions(
  client: ClientBase,
  slices: readonly ProjectionSlice[],
): Promise<boolean> {
  const fresh = slices.filter(({ from }) => from === null);
  const known = slices.filter(({ from }) => from !== null);
  for (const [table, rows] of [
    [move, known],
    [begin, fresh],
  ] as const) {
    if (rows.length === 0) continue;
    const { rowCount } = await client.query(statementOf(table, rows));
    if (rowCount !== rows.length) return false;
  }
  return true;
}
