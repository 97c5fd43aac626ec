import { decodeEvent, type Decoded, type LogRecord } from '#log';
import type { ProjectionChanges } from '#read-model';

export function projectEvent(record: LogRecord): Decoded<Partial<ProjectionChanges>> {
  const decoded = decodeEvent(record);
  if (!decoded.ok) return decoded;
  const {
    eventId: id,
    eventType: type,
    tenantId,
    contract,
    occurredAt,
    acceptedAt,
    slot,
    body,
  } = decoded.value;
  const { partition, offset } = record;
  return {
    ok: true,
    value: {
      events: [{ tenantId, id, type, contract, occurredAt, acceptedAt, slot, partition, offset }],
      values: [{ offset, value: body, at: record.appendedAt }],
    },
  };
}
