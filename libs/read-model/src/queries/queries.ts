import type { DataSource } from 'typeorm';
import { deliveryQueries, type DeliveryQueries } from './delivery-queries.ts';
import { endpointQueries, type EndpointQueries } from './endpoint-queries.ts';
import { eventQueries, type EventQueries } from './event-queries.ts';
import { statsQueries, type StatsQueries } from './stats-queries.ts';

/** Everything that pages and REST read from the read model. */
export interface Queries extends DeliveryQueries, EventQueries, EndpointQueries, StatsQueries {}

export function createQueries(dataSource: DataSource): Queries {
  return {
    ...deliveryQueries(dataSource),
    ...eventQueries(dataSource),
    ...endpointQueries(dataSource),
    ...statsQueries(dataSource),
  };
}
