import type { DataSource } from 'typeorm';
import { viewsSchemaOf } from '../rebuild/rebind-views.ts';

/** How far back the rates and percentiles look. */
const WINDOW_SECONDS = 300;
const WORST = 10;
const DISABLED = 100;

/** The whole installation at a glance, as far as the tables have got. Times are epoch ms, ratios from 0 to 1. */
export interface Overview {
  readonly windowSeconds: number;
  /** Within the window. */
  readonly accepted: number;
  readonly attempts: {
    readonly made: number;
    readonly delivered: number;
    /** Of those that were made, in seconds; null: none was. */
    readonly p50: number | null;
    readonly p95: number | null;
    readonly p99: number | null;
  };
  /**
   * From acceptance to the answer that delivered, in seconds: of events accepted within the window whose delivery is
   * delivered; null: there is none.
   */
  readonly endToEnd: {
    readonly p50: number | null;
    readonly p95: number | null;
    readonly p99: number | null;
  };
  readonly endpoints: { readonly active: number; readonly off: number; readonly failed: number };
  /** What is not settled, by when it is due. */
  readonly backlog: readonly {
    readonly due: string;
    readonly deliveries: number;
    readonly oldestDueSeconds: number | null;
    readonly oldestAcceptedAt: number;
  }[];
  /** The same deliveries, by how long ago their events were accepted; the youngest first. */
  readonly backlogByAge: readonly { readonly age: string; readonly pending: number; readonly held: number }[];
  /** What waits for its next attempt, by the tier that it was placed in first. */
  readonly tiers: readonly {
    readonly tier: string;
    readonly deliveries: number;
    readonly oldestDueAt: number;
    readonly oldestDueSeconds: number;
  }[];
  /** By failed attempts since midnight UTC of yesterday, the worst first; 10 at most. */
  readonly worstEndpoints: readonly {
    readonly tenantId: string;
    readonly endpointId: string;
    readonly origin: string;
    readonly status: string;
    readonly attempts: number;
    readonly failedAttempts: number;
  }[];
  /** The latest first; 100 at most. */
  readonly disabledToday: readonly {
    readonly tenantId: string;
    readonly endpointId: string;
    readonly origin: string;
    readonly reason: string | null;
    readonly disabledAt: number;
  }[];
  readonly quarantined: number;
  /** When the tables were written last; null: never. */
  readonly writtenAt: number | null;
}

export interface OverviewQueries {
  readonly overview: () => Promise<Overview>;
}

const since = `now() - interval '${WINDOW_SECONDS} seconds'`;
const epochMs = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`;

const COUNTS = `SELECT
  (SELECT count(*) FROM events WHERE accepted_at >= ${since})::int AS accepted,
  (SELECT count(*) FROM quarantine)::int AS quarantined,
  (SELECT ${epochMs('max(updated_at)')} FROM projection_positions) AS "writtenAt",
  count(*) FILTER (WHERE status = 'active')::int AS active, count(*) FILTER (WHERE status = 'off')::int AS off,
  count(*) FILTER (WHERE status = 'failed')::int AS failed
  FROM endpoints WHERE deleted_at IS NULL`;

const ATTEMPTS = `SELECT count(*)::int AS made, count(*) FILTER (WHERE kind = 'delivered')::int AS delivered,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms) / 1000 AS p50,
    percentile_cont(0.95) WITHIN GROUP (ORDER BY duration_ms) / 1000 AS p95,
    percentile_cont(0.99) WITHIN GROUP (ORDER BY duration_ms) / 1000 AS p99
  FROM attempts WHERE at >= ${since} AND started_at IS NOT NULL AND asked_by <> 'test'`;

// A replay's chain begins long after its event was accepted: of first chains alone.
const END_TO_END = `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY took) AS p50,
    percentile_cont(0.95) WITHIN GROUP (ORDER BY took) AS p95, percentile_cont(0.99) WITHIN GROUP (ORDER BY took) AS p99
  FROM (SELECT greatest(0, extract(epoch FROM updated_at - created_at))::float8 AS took FROM deliveries
    WHERE created_at >= ${since} AND status = 'delivered' AND chain = 0) AS delivered`;

/** Upper bounds; names as they are shown. */
const ages = [
  ['under_1m', '1 minute'],
  ['under_10m', '10 minutes'],
  ['under_1h', '1 hour'],
  ['under_6h', '6 hours'],
  ['under_1d', '1 day'],
] as const;

const BY_AGE = `SELECT age, count(*) FILTER (WHERE status = 'pending')::int AS pending,
    count(*) FILTER (WHERE status = 'held')::int AS held
  FROM (SELECT status, created_at, CASE
      ${ages.map(([name, span]) => `WHEN created_at > now() - interval '${span}' THEN '${name}'`).join(' ')}
      ELSE 'older' END AS age FROM deliveries WHERE status IN ('pending', 'held')) AS open
  GROUP BY age ORDER BY max(created_at) DESC`;

interface Counts {
  readonly accepted: number;
  readonly quarantined: number;
  readonly writtenAt: number | null;
  readonly active: number;
  readonly off: number;
  readonly failed: number;
}

/** The lists are those of the dashboards' views: one definition of what is due, failing or disabled. */
function listsOf(views: string) {
  return {
    backlog: `SELECT due, deliveries::int, oldest_due_seconds AS "oldestDueSeconds",
        ${epochMs('oldest_accepted_at')} AS "oldestAcceptedAt" FROM ${views}.backlog ORDER BY due`,
    tiers: `SELECT tier, deliveries::int, ${epochMs('oldest_due_at')} AS "oldestDueAt",
        oldest_due_seconds AS "oldestDueSeconds" FROM ${views}.waiting_by_tier ORDER BY oldest_due_at`,
    worst: `SELECT tenant_id AS "tenantId", endpoint_id AS "endpointId", origin, status, attempts::int,
        failed_attempts::int AS "failedAttempts"
      FROM ${views}.failing_endpoints ORDER BY failed_attempts DESC, endpoint_id LIMIT ${WORST}`,
    disabled: `SELECT tenant_id AS "tenantId", endpoint_id AS "endpointId", origin, reason,
        ${epochMs('disabled_at')} AS "disabledAt"
      FROM ${views}.endpoints_disabled_today ORDER BY disabled_at DESC, endpoint_id LIMIT ${DISABLED}`,
  };
}

export function overviewQueries(dataSource: DataSource, schema: string): OverviewQueries {
  const lists = listsOf(viewsSchemaOf(schema));
  return {
    overview: async () => {
      const [[counts], [attempts], [endToEnd], backlog, backlogByAge, tiers, worstEndpoints, disabledToday] =
        await Promise.all([
          dataSource.query<Counts[]>(COUNTS),
          dataSource.query<Overview['attempts'][]>(ATTEMPTS),
          dataSource.query<Overview['endToEnd'][]>(END_TO_END),
          dataSource.query<Overview['backlog']>(lists.backlog),
          dataSource.query<Overview['backlogByAge']>(BY_AGE),
          dataSource.query<Overview['tiers']>(lists.tiers),
          dataSource.query<Overview['worstEndpoints']>(lists.worst),
          dataSource.query<Overview['disabledToday']>(lists.disabled),
        ]);
      if (counts === undefined || attempts === undefined || endToEnd === undefined) {
        throw new Error('an aggregate gave no row');
      }
      const { active, off, failed, accepted, quarantined, writtenAt } = counts;
      return {
        windowSeconds: WINDOW_SECONDS,
        accepted,
        attempts,
        endToEnd,
        endpoints: { active, off, failed },
        backlog,
        backlogByAge,
        tiers,
        worstEndpoints,
        disabledToday,
        quarantined,
        writtenAt,
      };
    },
  };
}
