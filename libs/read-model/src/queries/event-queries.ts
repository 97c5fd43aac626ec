import type { DataSource } from 'typeorm';
import { deliveryEntity, type DeliveryRow } from '../entities/delivery-row.ts';
import { eventEntity, type EventRow, type EventSummary } from '../entities/event-row.ts';
import { unmatchedEventEntity } from '../entities/unmatched-event-row.ts';
import { readValues } from '../values/read-values.ts';
import { keysetPage, MAX_LIMIT, type ListOrder, type Page, type PageAsk } from './keyset-page.ts';
import { whereWithin, type TimeSpan } from './time-span.ts';

export interface EventFilter extends PageAsk, TimeSpan {
  readonly type?: string | undefined;
}

export interface EventDetail {
  readonly event: EventRow;
  /** True: no endpoint wanted it. False with no deliveries: nothing has come out yet. */
  readonly unmatched: boolean;
  /** At most the newest 100; the rest by listDeliveries with its eventId. */
  readonly deliveries: readonly DeliveryRow[];
}

/** `tenantId` null: the operator, who sees all. */
export interface EventQueries {
  /** Newest first by acceptance, without bodies. */
  readonly listEvents: (tenantId: string | null, filter: EventFilter) => Promise<Page<EventSummary>>;
  /** For the operator, event ids of several tenants may be equal: the newest is given. */
  readonly getEvent: (tenantId: string | null, id: string) => Promise<EventDetail | undefined>;
}

const newestFirst: ListOrder<EventSummary> = {
  list: 'events',
  columns: ['event.acceptedAt', 'event.id'],
  keyOf: (row) => [row.acceptedAt, row.id],
};

const newestFirstOfAll: ListOrder<EventSummary> = {
  list: 'all-events',
  columns: ['event.acceptedAt', 'event.tenantId', 'event.id'],
  keyOf: (row) => [row.acceptedAt, row.tenantId, row.id],
};

export function eventQueries(dataSource: DataSource): EventQueries {
  const events = () => dataSource.getRepository(eventEntity).createQueryBuilder('event');
  return {
    listEvents: (tenantId, filter) => {
      const query = events();
      if (tenantId !== null) query.andWhere('event.tenantId = :tenantId', { tenantId });
      if (filter.type !== undefined) query.andWhere('event.type = :type', { type: filter.type });
      whereWithin(query, 'event.acceptedAt', filter);
      return keysetPage(query, tenantId === null ? newestFirstOfAll : newestFirst, filter);
    },

    getEvent: async (tenantId, id) => {
      const query = events().where('event.id = :id', { id });
      if (tenantId !== null) query.andWhere('event.tenantId = :tenantId', { tenantId });
      const event = await query.orderBy('event.acceptedAt', 'DESC').limit(1).getOne();
      if (event === null) return undefined;
      const key = { tenantId: event.tenantId, eventId: id };
      const { partition, offset } = event;
      const [values, unmatched, deliveries] = await Promise.all([
        readValues(dataSource, 'events', partition, [offset]),
        dataSource.getRepository(unmatchedEventEntity).existsBy(key),
        dataSource.getRepository(deliveryEntity).find({
          where: key,
          order: { createdAt: 'DESC', id: 'DESC' },
          take: MAX_LIMIT,
        }),
      ]);
      const body = values.get(offset) ?? null;
      return { event: { ...event, body }, unmatched: unmatched && deliveries.length === 0, deliveries };
    },
  };
}
