import type { AttemptRow, DeliveryRow, EventRow, EventSummary } from '#read-model';
import { isoTime } from './iso-time.ts';

export function deliveryView(delivery: DeliveryRow) {
  return {
    id: delivery.id,
    webhook_id: delivery.endpointId,
    event_id: delivery.eventId,
    type: delivery.eventType,
    tenant: delivery.tenantId,
    status: delivery.status,
    reason: delivery.reason,
    asked_by: delivery.askedBy,
    test: delivery.test,
    /** Requests made in the chain asked for last; a delivery that is held or expired before its first has none. */
    attempts: delivery.lastChain === delivery.chain ? delivery.lastAttempt : 0,
    last_status_code: delivery.lastStatusCode,
    last_error: delivery.lastError,
    last_duration_ms: delivery.lastDurationMs,
    next_attempt_at: isoTime(delivery.nextDueAt),
    occurred_at: isoTime(delivery.occurredAt),
    created_at: isoTime(delivery.createdAt),
    updated_at: isoTime(delivery.updatedAt),
  };
}

/** One attempt with what was sent and what came back. The response is a stranger's text: show it, never render it. */
export function attemptView(attempt: AttemptRow, restampedBody?: string) {
  return {
    attempt: attempt.attempt,
    chain: attempt.chain,
    asked_by: attempt.askedBy,
    ...(attempt.restampedAt === null ? {} : { restamped_at: isoTime(attempt.restampedAt) }),
    ...(restampedBody === undefined ? {} : { restamped_body: restampedBody }),
    result: attempt.kind,
    reason: attempt.reason,
    at: isoTime(attempt.at),
    started_at: isoTime(attempt.startedAt),
    duration_ms: attempt.durationMs,
    request: attempt.url === null ? null : { url: attempt.url, headers: attempt.requestHeaders },
    response: attempt.statusCode === null ? null : responseView(attempt),
    error: attempt.errorClass === null ? null : { class: attempt.errorClass, message: attempt.message },
    next_attempt_at: isoTime(attempt.nextDueAt),
    /** Retry tiers that the delivery passes through until then. */
    waits_in: attempt.nextTiers,
  };
}

function responseView(attempt: AttemptRow) {
  return {
    status_code: attempt.statusCode,
    headers: attempt.responseHeaders,
    body: attempt.responseBody === null ? null : Buffer.from(attempt.responseBody).toString('utf8'),
    bytes: attempt.responseBytes,
    truncated: attempt.responseTruncated,
  };
}

export function eventView(event: EventSummary) {
  return {
    id: event.id,
    type: event.type,
    tenant: event.tenantId,
    occurred_at: isoTime(event.occurredAt),
    accepted_at: isoTime(event.acceptedAt),
    duplicates: event.duplicates,
  };
}

/** The body as text, exactly as it is sent; where it holds the delivery's id, 36 zeros stand for it here. Null: it is kept no more. */
export function eventBodyView(event: EventRow): string | null {
  return event.body === null ? null : Buffer.from(event.body).toString('utf8');
}
