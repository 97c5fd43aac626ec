import { decodeQuarantined, type Decoded, type LogRecord } from '#log';
import type { ProjectionChanges } from '#read-model';

export function projectQuarantined(record: LogRecord): Decoded<Partial<ProjectionChanges>> {
  const decoded = decodeQuarantined(record);
  if (!decoded.ok) return decoded;
  return { ok: true, value: { quarantined: [{ ...decoded.value, reportOffset: record.offset }] } };
}
