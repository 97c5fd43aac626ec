import type { DataSource } from 'typeorm';
import { carryOutErasures } from './carry-out-erasures.ts';
import type { Keep, Swept, WhichErasures } from './keep.ts';

/** Rows of one statement: short enough that projections beside it do not notice. */
const ROWS_AT_ONCE = 1_000;
/** Longer than any topic but `control` has to keep records: nothing older is read again, except by a rebuild. */
const RECENT_MS = 8 * 86_400_000;
/** Of `record_values`, each with up to 128 KiB. */
const VALUES_AT_ONCE = 100;

// Rows that somebody else is about to change are left for the next sweep, so two sweeps never wait for each other.
const OLD_VALUES = `WITH old AS (
    SELECT topic, log_partition, first_offset FROM record_values WHERE newest_at < $1
    ORDER BY newest_at LIMIT ${VALUES_AT_ONCE} FOR UPDATE SKIP LOCKED
  ), gone AS (DELETE FROM record_values v USING old
    WHERE (v.topic, v.log_partition, v.first_offset) = (old.topic, old.log_partition, old.first_offset) RETURNING 1)
  SELECT count(*)::int AS count FROM gone`;

/** What is still open is not old, however long ago it began; neither is what was sent again of late. */
const OLD_DELIVERIES = `WITH old AS (
    SELECT id FROM deliveries
    WHERE created_at < $1 AND updated_at < $1 AND status NOT IN ('pending', 'held')
    ORDER BY created_at LIMIT ${ROWS_AT_ONCE} FOR UPDATE SKIP LOCKED
  ), attempts_gone AS (DELETE FROM attempts a USING old WHERE a.delivery_id = old.id),
  gone AS (DELETE FROM deliveries d USING old WHERE d.id = old.id RETURNING 1)
  SELECT count(*)::int AS count FROM gone`;

/** After their deliveries: a page of a delivery leads to its event. */
const OLD_EVENTS = `WITH old AS (
    SELECT tenant_id, id FROM events e
    WHERE accepted_at < $1
      AND NOT EXISTS (SELECT FROM deliveries d WHERE d.event_id = e.id AND d.tenant_id = e.tenant_id)
    ORDER BY accepted_at LIMIT ${ROWS_AT_ONCE} FOR UPDATE SKIP LOCKED
  ), unmatched_gone AS (DELETE FROM unmatched_events u USING old WHERE u.tenant_id = old.tenant_id AND u.event_id = old.id),
  gone AS (DELETE FROM events e USING old WHERE e.tenant_id = old.tenant_id AND e.id = old.id RETURNING 1)
  SELECT count(*)::int AS count FROM gone`;

const OLD_REPORTS = `WITH gone AS (DELETE FROM quarantine WHERE (topic, log_partition, log_offset) IN (
    SELECT topic, log_partition, log_offset FROM quarantine WHERE at < $1 ORDER BY at LIMIT ${ROWS_AT_ONCE}
  ) RETURNING 1) SELECT count(*)::int AS count FROM gone`;

/**
 * Deletes what is older than it is to be kept, and carries out what was asked to be erased: many short statements, oldest
 * rows first. Counters by day stay. Any number of processes may do it at once. `now`: epoch ms by the log's clock.
 */
export async function sweep(
  dataSource: DataSource,
  keep: Keep,
  now: number,
  erasures: WhichErasures = 'recent',
): Promise<Swept> {
  const all = async (statement: string, keptMs: number | null, atOnce: number): Promise<number> => {
    if (keptMs === null) return 0;
    const before = new Date(now - keptMs);
    let total = 0;
    for (let count = atOnce; count === atOnce; total += count) {
      const [row] = await dataSource.query<{ count: number }[]>(statement, [before]);
      count = row?.count ?? 0;
    }
    return total;
  };
  const erased = await carryOutErasures(dataSource, erasures === 'all' ? 0 : now - RECENT_MS);
  return {
    values: await all(OLD_VALUES, keep.bodiesMs, VALUES_AT_ONCE),
    deliveries: await all(OLD_DELIVERIES, keep.deliveriesMs, ROWS_AT_ONCE),
    events: await all(OLD_EVENTS, keep.deliveriesMs, ROWS_AT_ONCE),
    quarantined: await all(OLD_REPORTS, keep.deliveriesMs, ROWS_AT_ONCE),
    erased,
  };
}
