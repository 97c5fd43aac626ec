import type { DataSource } from 'typeorm';

/** Deliveries of one endpoint by the hour in which their events were accepted, as they stand now. Tests are not counted. */
export interface ActivityHour {
  readonly endpointId: string;
  /** Epoch ms; start of the hour, UTC. */
  readonly hour: number;
  readonly deliveries: number;
  readonly delivered: number;
  /** Attempts used up, gone, overload, or too old. */
  readonly failed: number;
}

/** What happened in one minute, by the clock of the log; epoch ms of its start. */
export interface MinuteCounts {
  readonly at: number;
  /** Events. */
  readonly accepted: number;
  /** Requests made, and those of them that delivered. Tests are not counted. */
  readonly attempts: number;
  readonly delivered: number;
}

export interface ActivityQueries {
  /** The current hour and the 23 before it; hours without deliveries are absent. */
  readonly activity: (endpointIds: readonly string[]) => Promise<readonly ActivityHour[]>;
  /** The current minute and the 59 before it, oldest first, quiet ones too. */
  readonly recentMinutes: () => Promise<readonly MinuteCounts[]>;
}

const epochMs = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`;
/** UTC, whatever the session's zone; several times as quick as date_trunc with one. */
const binOf = (span: string, column: string) =>
  `date_bin('1 ${span}', ${column}, timestamptz '2000-01-01T00:00:00Z')`;

// Along deliveries_by_endpoint: what a day of the asked endpoints comes to, whatever else the table holds.
const ACTIVITY = `SELECT endpoint_id AS "endpointId", ${epochMs('bin')} AS hour,
    deliveries, delivered, failed
  FROM (SELECT endpoint_id, ${binOf('hour', 'created_at')} AS bin, count(*)::int AS deliveries,
      count(*) FILTER (WHERE status = 'delivered')::int AS delivered,
      count(*) FILTER (WHERE status IN ('failed', 'expired'))::int AS failed
    FROM deliveries WHERE endpoint_id = ANY($1) AND NOT test
      AND created_at >= ${binOf('hour', 'now()')} - interval '23 hours'
    GROUP BY 1, 2) AS counted ORDER BY endpoint_id, bin`;

const since = `${binOf('minute', 'now()')} - interval '59 minutes'`;

const MINUTES = `WITH accepted AS (
    SELECT ${binOf('minute', 'accepted_at')} AS at, count(*) AS count FROM events WHERE accepted_at >= ${since} GROUP BY 1),
  made AS (
    SELECT ${binOf('minute', 'at')} AS at, count(*) AS count, count(*) FILTER (WHERE kind = 'delivered') AS delivered
    FROM attempts WHERE at >= ${since} AND started_at IS NOT NULL AND asked_by <> 'test' GROUP BY 1)
  SELECT ${epochMs('minute')} AS at, coalesce(accepted.count, 0)::int AS accepted, coalesce(made.count, 0)::int AS attempts,
    coalesce(made.delivered, 0)::int AS delivered
  FROM generate_series(${since}, now(), interval '1 minute') AS minute
  LEFT JOIN accepted ON accepted.at = minute LEFT JOIN made ON made.at = minute ORDER BY minute`;

export function activityQueries(dataSource: DataSource): ActivityQueries {
  return {
    activity: (endpointIds) => dataSource.query<ActivityHour[]>(ACTIVITY, [endpointIds]),
    recentMinutes: () => dataSource.query<MinuteCounts[]>(MINUTES),
  };
}
