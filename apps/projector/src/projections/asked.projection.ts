import { decodeAsked, type Decoded, type LogRecord } from '#log';
import type { ProjectionChanges } from '#read-model';
import { ofRef } from './delivery-change.ts';

/** A new chain was asked for: pending, ranked below every outcome that the chain will have. */
export function projectAsked(record: LogRecord): Decoded<Partial<ProjectionChanges>> {
  const decoded = decodeAsked(record);
  if (!decoded.ok) return decoded;
  return {
    ok: true,
    value: {
      deliveries: [
        {
          ...ofRef(decoded.value.ref, record),
          status: 'pending',
          reason: null,
          attempt: 0,
          step: 0,
          settled: false,
          nextDueAt: null,
          term: null,
          updatedAt: record.appendedAt,
          lastChain: null,
          lastAttempt: null,
          lastStatusCode: null,
          lastError: null,
          lastDurationMs: null,
          headTopic: 'deliveries',
        },
      ],
    },
  };
}
