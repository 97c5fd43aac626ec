import type { ReplayCursor } from '#domain';
import type { TopicName } from '#log';
import type { DataSource } from 'typeorm';
import { readValues } from '../values/read-values.ts';
import { pageSql, tallySql, type ReplayBounds } from './replay-sql.ts';

/** Something that a job may send, as it stands in the tables. */
export interface ReplayCandidate {
  /** Its place in the job's order. */
  readonly place: ReplayCursor;
  /** null: an event without a delivery for the endpoint (`missed`). */
  readonly deliveryId: string | null;
  readonly endpointId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly eventOffset: number | null;
  /** Chain that the delivery is in; the job's own: it was asked for already. null: there is no delivery. */
  readonly chain: number | null;
  /** The endpoint's term at its last outcome. */
  readonly term: number | null;
  readonly occurredAt: number;
  readonly acceptedAt: number;
  /** False: nothing tells yet which endpoints its event went to. */
  readonly isFannedOut: boolean;
  /** The event as accepted; null: it is no longer kept. */
  readonly event: {
    readonly slot: number | null;
    readonly body: Uint8Array;
    readonly occurredAt: number;
    readonly acceptedAt: number;
  } | null;
}

/** How many of one endpoint's candidates are alike in all that decides whether they are sent. */
export interface ReplayTally {
  readonly endpointId: string;
  readonly isKept: boolean;
  readonly isTooOld: boolean;
  readonly isFannedOut: boolean;
  readonly count: number;
}

export interface ReplayQueries {
  /** In order of (acceptance, id), after `after`; 1,000 at most. */
  readonly replayPage: (
    bounds: ReplayBounds,
    after: ReplayCursor | null,
    limit: number,
  ) => Promise<readonly ReplayCandidate[]>;
  /** `oldest`: events that occurred before it are too old; null: none is. */
  readonly replayTally: (bounds: ReplayBounds, oldest: number | null) => Promise<readonly ReplayTally[]>;
  /** How far the tables have got in the topics of one partition; a topic that is missing: not at all. */
  readonly projectedTo: (partition: number) => Promise<ReadonlyMap<TopicName, number>>;
  /** What became of the chains of one number, by status. */
  readonly chainCounts: (tenantId: string, chain: number) => Promise<ReadonlyMap<string, number>>;
  readonly heldCount: (endpointId: string) => Promise<number>;
}

const MAX_PAGE = 1_000;

interface Row {
  readonly at: Date;
  readonly id: string;
  readonly delivery_id: string | null;
  readonly endpoint_id: string;
  readonly event_id: string;
  readonly event_type: string;
  readonly event_offset: string | null;
  readonly chain: string | null;
  readonly term: number | null;
  readonly occurred_at: Date;
  readonly accepted_at: Date;
  readonly is_fanned_out: boolean;
  readonly kept_slot: number | null;
  readonly kept_partition: number | null;
  readonly kept_offset: string | null;
  readonly kept_occurred_at: Date | null;
  readonly kept_accepted_at: Date | null;
}

export function replayQueries(dataSource: DataSource): ReplayQueries {
  const bodiesOf = async (rows: readonly Row[]) => {
    const byPartition = new Map<number, number[]>();
    for (const { kept_partition: partition, kept_offset: offset } of rows) {
      if (partition === null || offset === null) continue;
      const offsets = byPartition.get(partition) ?? [];
      byPartition.set(partition, offsets);
      offsets.push(Number(offset));
    }
    const bodies = new Map<string, Uint8Array>();
    for (const [partition, offsets] of byPartition) {
      const values = await readValues(dataSource, 'events', partition, offsets);
      for (const [offset, value] of values) bodies.set(`${partition} ${offset}`, value);
    }
    return bodies;
  };
  return {
    replayPage: async (bounds, after, limit) => {
      const { text, values } = pageSql(bounds, after, Math.min(limit, MAX_PAGE));
      const rows = await dataSource.query<Row[]>(text, values);
      const bodies = await bodiesOf(rows);
      return rows.map((row) => candidateOf(row, bodies.get(`${row.kept_partition} ${row.kept_offset}`)));
    },

    replayTally: async (bounds, oldest) => {
      const { text, values } = tallySql(bounds, oldest);
      return dataSource.query<ReplayTally[]>(text, values);
    },

    projectedTo: async (partition) => {
      const rows = await dataSource.query<{ topic: TopicName; next: string }[]>(
        'SELECT topic, min(next_offset) AS next FROM projection_positions WHERE log_partition = $1 GROUP BY topic',
        [partition],
      );
      return new Map(rows.map(({ topic, next }) => [topic, Number(next)]));
    },

    chainCounts: async (tenantId, chain) => {
      const rows = await dataSource.query<{ status: string; count: number }[]>(
        `SELECT status, count(*)::int AS count FROM deliveries
         WHERE chain = $2 AND chain > 0 AND tenant_id = $1 GROUP BY status`,
        [tenantId, chain],
      );
      return new Map(rows.map(({ status, count }) => [status, count]));
    },

    heldCount: async (endpointId) => {
      const [row] = await dataSource.query<{ count: number }[]>(
        `SELECT count(*)::int AS count FROM deliveries WHERE status = 'held' AND endpoint_id = $1`,
        [endpointId],
      );
      return row?.count ?? 0;
    },
  };
}

function candidateOf(row: Row, body: Uint8Array | undefined): ReplayCandidate {
  const { kept_occurred_at: occurred, kept_accepted_at: accepted } = row;
  return {
    place: { at: row.at.getTime(), id: row.id },
    deliveryId: row.delivery_id,
    endpointId: row.endpoint_id,
    eventId: row.event_id,
    eventType: row.event_type,
    eventOffset: row.event_offset === null ? null : Number(row.event_offset),
    chain: row.chain === null ? null : Number(row.chain),
    term: row.term,
    occurredAt: row.occurred_at.getTime(),
    acceptedAt: row.accepted_at.getTime(),
    isFannedOut: row.is_fanned_out,
    event:
      body === undefined || occurred === null || accepted === null
        ? null
        : { slot: row.kept_slot, body, occurredAt: occurred.getTime(), acceptedAt: accepted.getTime() },
  };
}
