import type { DeliveryRef } from '#domain';
import type { LogRecord } from '#log';
import type { DeliveryRow } from '#read-model';

type OfRef =
  | 'id'
  | 'tenantId'
  | 'endpointId'
  | 'eventId'
  | 'eventType'
  | 'chain'
  | 'askedBy'
  | 'test'
  | 'occurredAt'
  | 'createdAt'
  | 'partition'
  | 'eventOffset'
  | 'headOffset';

/** The columns that every record about a delivery gives alike. */
export function ofRef(ref: DeliveryRef, { partition, offset }: LogRecord): Pick<DeliveryRow, OfRef> {
  return {
    id: ref.deliveryId,
    tenantId: ref.tenantId,
    endpointId: ref.endpointId,
    eventId: ref.eventId,
    eventType: ref.eventType,
    chain: ref.chain,
    askedBy: ref.askedBy,
    test: ref.askedBy === 'test',
    occurredAt: ref.occurredAt,
    createdAt: ref.acceptedAt,
    partition,
    eventOffset: ref.eventOffset,
    headOffset: offset,
  };
}
