import { decodeKeyUses, type Decoded, type LogRecord } from '#log';
import type { ProjectionChanges } from '#read-model';

export function projectKeyUses(record: LogRecord): Decoded<Partial<ProjectionChanges>> {
  const decoded = decodeKeyUses(record);
  if (!decoded.ok) return decoded;
  const uses = Object.entries(decoded.value.uses);
  return { ok: true, value: { keyUses: uses.map(([keyId, lastUsedAt]) => ({ keyId, lastUsedAt })) } };
}
