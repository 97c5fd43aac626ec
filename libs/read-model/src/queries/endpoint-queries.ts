import { In, MoreThanOrEqual, type DataSource } from 'typeorm';
import { endpointDayEntity, type EndpointDayRow } from '../entities/endpoint-day-row.ts';

const DAY_MS = 86_400_000;

export type Counters = Omit<EndpointDayRow, 'endpointId' | 'tenantId' | 'day'>;

export const noCounters: Counters = {
  attempts: 0,
  failedAttempts: 0,
  delivered: 0,
  failed: 0,
  expired: 0,
  held: 0,
  cancelled: 0,
};

/** One endpoint's days, oldest first (days without attempts are absent), and their sum. */
export interface EndpointCounters {
  readonly days: readonly EndpointDayRow[];
  readonly total: Counters;
}

export interface EndpointQueries {
  /** By endpoint id, one entry for each asked for. `days`: how many UTC days up to now; 30. */
  readonly endpointCounters: (
    ids: readonly string[],
    options?: { readonly days?: number; readonly now?: number },
  ) => Promise<ReadonlyMap<string, EndpointCounters>>;
}

export function addCounters(sum: Counters, more: Counters): Counters {
  return {
    attempts: sum.attempts + more.attempts,
    failedAttempts: sum.failedAttempts + more.failedAttempts,
    delivered: sum.delivered + more.delivered,
    failed: sum.failed + more.failed,
    expired: sum.expired + more.expired,
    held: sum.held + more.held,
    cancelled: sum.cancelled + more.cancelled,
  };
}

/** First of the last `days` UTC days, as YYYY-MM-DD. */
export function firstDay(days: number, now: number): string {
  return new Date(now - (days - 1) * DAY_MS).toISOString().slice(0, 10);
}

export function endpointQueries(dataSource: DataSource): EndpointQueries {
  return {
    endpointCounters: async (ids, { days = 30, now = Date.now() } = {}) => {
      const rows = await dataSource.getRepository(endpointDayEntity).find({
        where: { endpointId: In([...ids]), day: MoreThanOrEqual(firstDay(days, now)) },
        order: { day: 'ASC' },
      });
      const byId = new Map<string, EndpointDayRow[]>(ids.map((id) => [id, []]));
      for (const row of rows) byId.get(row.endpointId)?.push(row);
      return new Map(
        [...byId].map(([id, own]) => [
          id,
          { days: own, total: own.reduce<Counters>(addCounters, noCounters) },
        ]),
      );
    },
  };
}
