import type { DataSource } from 'typeorm';
import { projectionPositionEntity, type ProjectionPositionRow } from '../entities/projection-position-row.ts';
import { quarantineEntity, type QuarantineRow } from '../entities/quarantine-row.ts';
import { firstDay, type Counters } from './endpoint-queries.ts';
import { keysetPage, type ListOrder, type Page, type PageAsk } from './keyset-page.ts';

export interface Stats {
  readonly tenants: number;
  readonly endpoints: { readonly active: number; readonly off: number; readonly failed: number };
  /** Deliveries that are not settled now. */
  readonly open: { readonly pending: number; readonly held: number };
  /** The last 30 UTC days, oldest first; days without attempts are absent. */
  readonly days: readonly (Counters & { readonly day: string })[];
  readonly quarantined: number;
  /** How far the projections have got; the log's end offsets say how far they could be. */
  readonly positions: readonly ProjectionPositionRow[];
}

export interface StatsQueries {
  /** Of one tenant, or of the whole installation. */
  readonly stats: (tenantId?: string | null, now?: number) => Promise<Stats>;
  /** Newest first. The operator's. */
  readonly listQuarantine: (ask: PageAsk) => Promise<Page<QuarantineRow>>;
  /** By `topic/partition/offset`: when it was put into its topic once more (epoch ms); those that were not are absent. */
  readonly redrivenAt: (recordIds: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  readonly isQuarantined: (topic: string, partition: number, offset: number) => Promise<boolean>;
}

const newestFirst: ListOrder<QuarantineRow> = {
  list: 'quarantine',
  columns: ['q.at', 'q.topic', 'q.partition', 'q.offset'],
  keyOf: (row) => [row.at, row.topic, `${row.partition}`, `${row.offset}`],
  // A topic may be another team's: any name that Kafka allows, behind `kafka:` at times.
  isId: (id, index) => (index === 0 ? /^[a-zA-Z0-9._:-]{1,260}$/ : /^\d{1,15}$/).test(id),
};

const COUNTS = `SELECT
  (SELECT count(*) FROM tenants WHERE deleted_at IS NULL AND ($1::text IS NULL OR id = $1))::int AS tenants,
  (SELECT count(*) FROM quarantine)::int AS quarantined`;

const ENDPOINTS = `SELECT status, count(*)::int AS count FROM endpoints
  WHERE deleted_at IS NULL AND ($1::text IS NULL OR tenant_id = $1) GROUP BY status`;

// Walks the partial index alone: what is open is few, whatever the table holds.
const OPEN = `SELECT status, count(*)::int AS count FROM deliveries
  WHERE status IN ('pending', 'held') AND ($1::text IS NULL OR tenant_id = $1) GROUP BY status`;

const DAYS = `SELECT day::text, sum(attempts)::int AS attempts, sum(failed_attempts)::int AS "failedAttempts",
    sum(delivered)::int AS delivered, sum(failed)::int AS failed, sum(expired)::int AS expired,
    sum(held)::int AS held, sum(cancelled)::int AS cancelled
  FROM endpoint_days WHERE day >= $2::date AND ($1::text IS NULL OR tenant_id = $1) GROUP BY day ORDER BY day`;

type ByStatus = readonly { readonly status: string; readonly count: number }[];

export function statsQueries(dataSource: DataSource): StatsQueries {
  return {
    stats: async (tenantId = null, now = Date.now()) => {
      const [[counts], endpoints, open, days, positions] = await Promise.all([
        dataSource.query<{ tenants: number; quarantined: number }[]>(COUNTS, [tenantId]),
        dataSource.query<ByStatus>(ENDPOINTS, [tenantId]),
        dataSource.query<ByStatus>(OPEN, [tenantId]),
        dataSource.query<Stats['days']>(DAYS, [tenantId, firstDay(30, now)]),
        dataSource.getRepository(projectionPositionEntity).find({
          order: { projection: 'ASC', topic: 'ASC', partition: 'ASC' },
        }),
      ]);
      const of = (rows: ByStatus, status: string) => rows.find((row) => row.status === status)?.count ?? 0;
      return {
        tenants: counts?.tenants ?? 0,
        endpoints: {
          active: of(endpoints, 'active'),
          off: of(endpoints, 'off'),
          failed: of(endpoints, 'failed'),
        },
        open: { pending: of(open, 'pending'), held: of(open, 'held') },
        days,
        quarantined: counts?.quarantined ?? 0,
        positions,
      };
    },

    redrivenAt: async (recordIds) => {
      const rows = await dataSource.query<{ id: string; at: Date }[]>(
        `SELECT subject_id AS id, min(at) AS at FROM audit WHERE type = 'record.redriven' AND subject_id = ANY($1) GROUP BY 1`,
        [recordIds],
      );
      return new Map(rows.map(({ id, at }) => [id, at.getTime()]));
    },

    isQuarantined: (topic, partition, offset) =>
      dataSource.getRepository(quarantineEntity).existsBy({ topic, partition, offset }),

    listQuarantine: (ask) =>
      keysetPage(dataSource.getRepository(quarantineEntity).createQueryBuilder('q'), newestFirst, ask),
  };
}
