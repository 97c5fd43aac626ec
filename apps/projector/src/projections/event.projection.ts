import { decodeEvent, type Decoded, type LogRecord } from '#log';
import type { ProjectionChanges } from '#read-model';

export function projectEvent(record: LogRecord): Decoded<Partial<ProjectionChanges>> {
  const decoded = decodeEvent(record);
  if (!decoded.ok) return decoded;
  const { eventId, eventType, controlPosition: _, ...event } = decoded.value;
  const { partition, offset } = record;
  return { ok: true, value: { events: [{ ...event, id: eventId, type: eventType, partition, offset }] } };
}
