import type { DeliveryStatus } from '#domain';
import { decodeDetail } from '#log';
import type { DataSource } from 'typeorm';
import { attemptEntity, type AttemptRow, type AttemptSummary } from '../entities/attempt-row.ts';
import { deliveryEntity, type DeliveryRow } from '../entities/delivery-row.ts';
import { readValues } from '../values/read-values.ts';
import { whereCodeClass, type CodeClass } from './code-class.ts';
import { keysetPage, type ListOrder, type Page, type PageAsk } from './keyset-page.ts';
import { whereWithin, type TimeSpan } from './time-span.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export interface DeliveryFilter extends PageAsk, TimeSpan {
  readonly endpointId?: string | undefined;
  readonly status?: DeliveryStatus | undefined;
  readonly type?: string | undefined;
  readonly eventId?: string | undefined;
  /** What the endpoint answered last. */
  readonly codeClass?: CodeClass | undefined;
}

/** A delivery with what ended each of its attempts, oldest first. */
export interface DeliveryDetail {
  readonly delivery: DeliveryRow;
  readonly attempts: readonly AttemptRow[];
}

/** `tenantId` null: the operator, who sees all. A foreign id is as absent as an unknown one. */
export interface DeliveryQueries {
  /** Newest first by acceptance. Throws ReadModelError on a bad cursor or limit. */
  readonly listDeliveries: (tenantId: string | null, filter: DeliveryFilter) => Promise<Page<DeliveryRow>>;
  readonly getDelivery: (tenantId: string | null, id: string) => Promise<DeliveryDetail | undefined>;
}

const newestFirst: ListOrder<DeliveryRow> = {
  list: 'deliveries',
  columns: ['delivery.createdAt', 'delivery.id'],
  keyOf: (row) => [row.createdAt, row.id],
  isId: (id) => UUID.test(id),
};

export function deliveryQueries(dataSource: DataSource): DeliveryQueries {
  return {
    listDeliveries: (tenantId, filter) => {
      const query = dataSource.getRepository(deliveryEntity).createQueryBuilder('delivery');
      if (tenantId !== null) query.andWhere('delivery.tenantId = :tenantId', { tenantId });
      const { endpointId, status, type, eventId, codeClass } = filter;
      if (endpointId !== undefined) query.andWhere('delivery.endpointId = :endpointId', { endpointId });
      if (status !== undefined) query.andWhere('delivery.status = :status', { status });
      if (type !== undefined) query.andWhere('delivery.eventType = :type', { type });
      if (eventId !== undefined) query.andWhere('delivery.eventId = :eventId', { eventId });
      if (codeClass !== undefined) whereCodeClass(query, 'delivery.lastStatusCode', codeClass);
      whereWithin(query, 'delivery.createdAt', filter);
      return keysetPage(query, newestFirst, filter);
    },

    getDelivery: async (tenantId, id) => {
      if (!UUID.test(id)) return undefined;
      const where = tenantId === null ? { id } : { id, tenantId };
      const delivery = await dataSource.getRepository(deliveryEntity).findOneBy(where);
      if (delivery === null) return undefined;
      const attempts = await dataSource.getRepository(attemptEntity).find({
        where: { deliveryId: id },
        order: { chain: 'ASC', attempt: 'ASC' },
      });
      const values = await readValues(
        dataSource,
        'outcomes',
        delivery.partition,
        attempts.map(({ offset }) => offset),
      );
      return { delivery, attempts: attempts.map((row) => withDetail(row, delivery, values.get(row.offset))) };
    },
  };
}

function withDetail(
  row: AttemptSummary,
  { tenantId, endpointId }: DeliveryRow,
  value: Uint8Array | undefined,
): AttemptRow {
  const detail = value === undefined ? null : decodeDetail(value);
  const body = detail?.responseBody ?? null;
  return {
    ...row,
    tenantId,
    endpointId,
    url: detail?.url ?? null,
    requestHeaders: detail?.requestHeaders ?? null,
    responseHeaders: detail?.responseHeaders ?? null,
    responseBody: body === null ? null : Buffer.from(body, 'base64'),
    responseBytes: detail?.responseBytes ?? null,
    responseTruncated: detail?.responseTruncated ?? false,
    message: detail?.message ?? null,
  };
}
