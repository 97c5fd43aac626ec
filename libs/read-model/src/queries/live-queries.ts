import type { DataSource } from 'typeorm';

export interface LiveQueries {
  /** By partition: how far deliveries are in the tables, as text that differs once there is more. */
  readonly deliveriesReached: () => Promise<ReadonlyMap<number, string>>;
  /**
   * By tenant: text that differs once its deliveries look different: any attempt or ending of the last two days, and
   * whatever happens to its 50 newest. What is swept or erased does not count.
   */
  readonly deliveryMarks: (tenantIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

const REACHED = `SELECT log_partition AS partition, string_agg(topic || next_offset, ' ' ORDER BY topic) AS reached
  FROM projection_positions WHERE topic IN ('deliveries', 'outcomes') GROUP BY log_partition`;

// Nothing that a projector would have to write besides: counters by day, and rows that the tenant's list begins with.
const MARKS = `SELECT asked.id,
    (SELECT concat_ws(' ', sum(attempts), sum(failed_attempts), sum(delivered), sum(failed), sum(expired), sum(held),
        sum(cancelled)) FROM endpoint_days
      WHERE day >= (now() AT TIME ZONE 'UTC')::date - 1 AND tenant_id = asked.id)
    || ' ' || (SELECT concat_ws(' ', count(*), max(created_at), max(updated_at), sum(chain), sum(step),
        count(*) FILTER (WHERE status = 'pending')) FROM (
      SELECT * FROM deliveries WHERE tenant_id = asked.id ORDER BY created_at DESC LIMIT 50) AS newest) AS mark
  FROM unnest($1::text[]) AS asked (id)`;

export function liveQueries(dataSource: DataSource): LiveQueries {
  return {
    deliveriesReached: async () => {
      const rows = await dataSource.query<{ partition: number; reached: string }[]>(REACHED);
      return new Map(rows.map(({ partition, reached }) => [partition, reached]));
    },

    deliveryMarks: async (tenantIds) => {
      const rows = await dataSource.query<{ id: string; mark: string }[]>(MARKS, [tenantIds]);
      return new Map(rows.map(({ id, mark }) => [id, mark]));
    },
  };
}
