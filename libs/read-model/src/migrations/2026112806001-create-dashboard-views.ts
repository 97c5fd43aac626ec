import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A URL's path and query may hold a customer's credentials: views show where it leads, not more. */
const origin = (url: string) => `substring(${url} FROM '^[a-z]+://[^/?#]+')`;
const today = `(now() AT TIME ZONE 'UTC')::date`;
const hourOf = (time: string) => `date_trunc('hour', ${time}, 'UTC')`;
const ratio = (part: string, whole: string) => `(${part})::double precision / nullif(${whole}, 0)`;
const ended = 'sum(d.delivered) + sum(d.failed) + sum(d.expired)';

/** Tables are named without a schema: a view belongs to those that it was made beside. */
const views: Readonly<Record<string, string>> = {
  endpoint_status: `
    SELECT e.tenant_id, t.name AS tenant_name, t.contract, e.id AS endpoint_id, ${origin('e.url')} AS origin,
      e.status, e.reason, e.term, e.created_at, e.updated_at,
      coalesce(d.attempts, 0) AS attempts_today, coalesce(d.failed_attempts, 0) AS failed_attempts_today,
      coalesce(d.delivered, 0) AS delivered_today
    FROM endpoints e
    LEFT JOIN tenants t ON t.id = e.tenant_id
    LEFT JOIN endpoint_days d ON d.endpoint_id = e.id AND d.day = ${today}
    WHERE e.deleted_at IS NULL`,

  events_by_hour: `
    SELECT ${hourOf('e.accepted_at')} AS hour, e.tenant_id, e.contract, count(*) AS events,
      sum(e.duplicates)::bigint AS duplicates
    FROM events e WHERE e.accepted_at >= now() - interval '7 days' GROUP BY 1, 2, 3`,

  deliveries_by_hour: `
    SELECT ${hourOf('d.created_at')} AS hour, d.tenant_id, t.contract, d.status, count(*) AS deliveries
    FROM deliveries d LEFT JOIN tenants t ON t.id = d.tenant_id
    WHERE d.created_at >= now() - interval '7 days' AND NOT d.test GROUP BY 1, 2, 3, 4`,

  deliveries_by_day: `
    SELECT d.day, d.tenant_id, t.contract, sum(d.attempts)::bigint AS attempts,
      sum(d.failed_attempts)::bigint AS failed_attempts, sum(d.delivered)::bigint AS delivered,
      sum(d.failed)::bigint AS failed, sum(d.expired)::bigint AS expired, sum(d.held)::bigint AS held,
      sum(d.cancelled)::bigint AS cancelled, ${ratio('sum(d.delivered)', ended)} AS success_ratio
    FROM endpoint_days d LEFT JOIN tenants t ON t.id = d.tenant_id GROUP BY 1, 2, 3`,

  attempts_by_hour: `
    SELECT ${hourOf('a.at')} AS hour, count(*) AS attempts,
      count(*) FILTER (WHERE a.kind <> 'delivered') AS failed_attempts,
      ${ratio(`count(*) FILTER (WHERE a.kind = 'delivered')`, 'count(*)')} AS success_ratio,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY a.duration_ms) / 1000 AS p50_seconds,
      percentile_cont(0.95) WITHIN GROUP (ORDER BY a.duration_ms) / 1000 AS p95_seconds,
      percentile_cont(0.99) WITHIN GROUP (ORDER BY a.duration_ms) / 1000 AS p99_seconds
    FROM attempts a
    WHERE a.at >= now() - interval '24 hours' AND a.started_at IS NOT NULL AND a.asked_by <> 'test' GROUP BY 1`,

  failing_endpoints: `
    SELECT d.tenant_id, d.endpoint_id, ${origin('e.url')} AS origin, e.status, e.reason,
      sum(d.attempts)::bigint AS attempts, sum(d.failed_attempts)::bigint AS failed_attempts,
      ${ratio('sum(d.failed_attempts)', 'sum(d.attempts)')} AS failure_ratio
    FROM endpoint_days d JOIN endpoints e ON e.id = d.endpoint_id AND e.deleted_at IS NULL
    WHERE d.day >= ${today} - 1 GROUP BY 1, 2, 3, 4, 5 HAVING sum(d.failed_attempts) > 0`,

  endpoints_disabled_today: `
    SELECT e.tenant_id, e.id AS endpoint_id, ${origin('e.url')} AS origin, e.reason, e.updated_at AS disabled_at
    FROM endpoints e
    WHERE e.status = 'failed' AND e.deleted_at IS NULL AND e.updated_at >= ${today}::timestamp AT TIME ZONE 'UTC'`,

  backlog: `
    SELECT d.due, count(*) AS deliveries,
      CASE WHEN min(d.due_at) IS NOT NULL THEN greatest(0, extract(epoch FROM now() - min(d.due_at))) END
        ::double precision AS oldest_due_seconds,
      min(d.created_at) AS oldest_accepted_at
    FROM (
      SELECT o.created_at, CASE WHEN o.status = 'pending' THEN coalesce(o.next_due_at, o.updated_at) END AS due_at,
        CASE WHEN o.status = 'held' THEN 'held' WHEN o.next_due_at IS NULL THEN 'at_once'
          WHEN o.next_due_at <= now() THEN 'overdue' WHEN o.next_due_at <= now() + interval '1 minute' THEN 'within_1m'
          WHEN o.next_due_at <= now() + interval '10 minutes' THEN 'within_10m'
          WHEN o.next_due_at <= now() + interval '1 hour' THEN 'within_1h' ELSE 'later' END AS due
      FROM deliveries o WHERE o.status IN ('pending', 'held')) d
    GROUP BY 1`,

  waiting_by_tier: `
    SELECT CASE WHEN a.delivery_id IS NULL THEN 'deferred' ELSE coalesce(a.next_tiers ->> 0, '1s') END AS tier,
      count(*) AS deliveries, min(d.next_due_at) AS oldest_due_at,
      greatest(0, extract(epoch FROM now() - min(d.next_due_at)))::double precision AS oldest_due_seconds
    FROM deliveries d
    LEFT JOIN attempts a ON d.settled AND a.delivery_id = d.id AND a.chain = d.chain AND a.attempt = d.attempt
    WHERE d.status = 'pending' AND d.next_due_at IS NOT NULL GROUP BY 1`,

  quarantine: `SELECT q.topic, q.log_partition, q.log_offset, q.reason, q.at FROM quarantine q`,

  projection_progress: `
    SELECT p.projection, p.topic, p.log_partition, p.next_offset, p.updated_at FROM projection_positions p`,
};

/**
 * Views for dashboards, in a schema of their own (`<schema>_views`) that a read-only role may be let into. They are what
 * others build upon: what follows may add columns at the end and new views, and never changes or drops what is here
 * (docs/views.md). Attempts get an index by time that costs a write nothing: a range of pages each, not an entry a row.
 */
export class CreateDashboardViews2026112806001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const schema = await viewsSchema(runner);
    await runner.query('CREATE INDEX attempts_by_time ON attempts USING brin (at) WITH (autosummarize = on)');
    await runner.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    for (const [name, select] of Object.entries(views)) {
      await runner.query(`CREATE OR REPLACE VIEW ${schema}.${name} AS ${select}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP SCHEMA IF EXISTS ${await viewsSchema(runner)} CASCADE`);
    await runner.query('DROP INDEX attempts_by_time');
  }
}

async function viewsSchema(runner: QueryRunner): Promise<string> {
  const [row]: { schema: string }[] = await runner.query('SELECT current_schema() AS schema');
  if (row === undefined) throw new Error('no schema to work in');
  return `${row.schema}_views`;
}
