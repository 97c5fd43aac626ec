import { statusAfter, type Decision, type Outcome } from '#domain';
import { decodeOutcome, type AttemptDetail, type Decoded, type LogRecord } from '#log';
import type { AttemptOwner, AttemptSummary, DeliveryRow, ProjectionChanges } from '#read-model';
import { ofRef } from './delivery-change.ts';

export function projectOutcome(record: LogRecord): Decoded<Partial<ProjectionChanges>> {
  const decoded = decodeOutcome(record);
  if (!decoded.ok) return decoded;
  if (decoded.value.kind === 'unmatched') {
    const { tenantId, eventId, at } = decoded.value;
    const { partition, offset } = record;
    return { ok: true, value: { unmatched: [{ tenantId, eventId, at, partition, offset }] } };
  }
  const { outcome, detail } = decoded.value;
  const deliveries = [deliveryChange(record, outcome, detail)];
  const { decision } = outcome;
  // A deferral used no attempt (P8); the delivery's row alone says until when it waits.
  if (decision.kind === 'deferred') return { ok: true, value: { deliveries } };
  const attempts = [attemptRow(record, outcome, decision, detail)];
  if (detail === null) return { ok: true, value: { deliveries, attempts } };
  // An upcaster of a later version must give the value of that version here: the tables know no versions.
  const values = [{ offset: record.offset, value: record.value, at: record.appendedAt }];
  return { ok: true, value: { deliveries, attempts, values } };
}

const reasonOf = (decision: Decision) => ('reason' in decision ? decision.reason : null);
const nextOf = (decision: Decision) => ('next' in decision ? decision.next : null);

function deliveryChange(record: LogRecord, outcome: Outcome, detail: AttemptDetail | null): DeliveryRow {
  const { ref, attempt, step, term, at, decision } = outcome;
  return {
    ...ofRef(ref, record),
    status: statusAfter(decision.kind),
    reason: reasonOf(decision),
    attempt,
    step,
    settled: decision.kind !== 'deferred',
    nextDueAt: nextOf(decision)?.dueAt ?? null,
    term,
    updatedAt: at,
    lastChain: detail === null ? null : ref.chain,
    lastAttempt: detail === null ? null : attempt,
    lastStatusCode: detail?.status ?? null,
    lastError: detail?.errorClass ?? null,
    lastDurationMs: detail?.durationMs ?? null,
    headTopic: 'outcomes',
  };
}

function attemptRow(
  record: LogRecord,
  outcome: Outcome,
  decision: Exclude<Decision, { kind: 'deferred' }>,
  detail: AttemptDetail | null,
): AttemptSummary & AttemptOwner {
  const { ref, attempt, step, term, at } = outcome;
  const next = nextOf(decision);
  return {
    deliveryId: ref.deliveryId,
    chain: ref.chain,
    attempt,
    tenantId: ref.tenantId,
    endpointId: ref.endpointId,
    askedBy: ref.askedBy,
    restampedAt: ref.restampedAt ?? null,
    kind: decision.kind,
    reason: reasonOf(decision),
    step,
    term,
    at,
    startedAt: detail?.startedAt ?? null,
    durationMs: detail?.durationMs ?? null,
    statusCode: detail?.status ?? null,
    errorClass: detail?.errorClass ?? null,
    nextDueAt: next?.dueAt ?? null,
    nextTiers: next?.hops ?? null,
    partition: record.partition,
    offset: record.offset,
  };
}
