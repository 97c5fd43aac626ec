import type { EndpointFact, TenantFact } from '#domain';
import { decodeControl, type Decoded, type LogRecord } from '#log';
import type { ProjectionChanges } from '#read-model';

/**
 * Tenant and endpoint facts become rows, and so does what is to be erased; every fact, keys and askings among them, becomes
 * an entry of the audit.
 */
export function projectControl(record: LogRecord): Decoded<Partial<ProjectionChanges>> {
  const decoded = decodeControl(record);
  if (!decoded.ok) return decoded;
  const { fact } = decoded.value;
  const audit = [{ ...decoded.value, position: record.offset }];
  if (fact.type === 'data.erased') {
    const { tenantId, eventIds, at } = fact;
    return {
      ok: true,
      value: { erasures: [{ controlOffset: record.offset, at, tenantId, eventIds }], audit },
    };
  }
  const isOurs = fact.type.startsWith('tenant.') || fact.type.startsWith('endpoint.');
  return { ok: true, value: isOurs ? { facts: [fact as TenantFact | EndpointFact], audit } : { audit } };
}
