import type { DataSource } from 'typeorm';
import { activityQueries, type ActivityQueries } from './activity-queries.ts';
import { auditQueries, type AuditQueries } from './audit-queries.ts';
import { deliveryQueries, type DeliveryQueries } from './delivery-queries.ts';
import { endpointQueries, type EndpointQueries } from './endpoint-queries.ts';
import { eventQueries, type EventQueries } from './event-queries.ts';
import { keyQueries, type KeyQueries } from './key-queries.ts';
import { eventSearch, type EventSearch } from './event-search.ts';
import { liveQueries, type LiveQueries } from './live-queries.ts';
import { overviewQueries, type OverviewQueries } from './overview-queries.ts';
import { replayQueries, type ReplayQueries } from './replay-queries.ts';
import { statsQueries, type StatsQueries } from './stats-queries.ts';

/** Everything that pages and REST read from the read model. */
export interface Queries
  extends
    ActivityQueries,
    AuditQueries,
    DeliveryQueries,
    EventQueries,
    EndpointQueries,
    KeyQueries,
    EventSearch,
    LiveQueries,
    OverviewQueries,
    ReplayQueries,
    StatsQueries {}

export function createQueries(dataSource: DataSource, schema: string): Queries {
  return {
    ...activityQueries(dataSource),
    ...deliveryQueries(dataSource),
    ...eventQueries(dataSource),
    ...eventSearch(dataSource),
    ...endpointQueries(dataSource),
    ...keyQueries(dataSource),
    ...liveQueries(dataSource),
    ...overviewQueries(dataSource, schema),
    ...replayQueries(dataSource),
    ...statsQueries(dataSource),
    ...auditQueries(dataSource),
  };
}
