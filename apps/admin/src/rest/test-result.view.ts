import { statusAfter } from '#domain';
import type { TestResult } from '../use-cases/test-endpoint.ts';

/** `pending`: no outcome came in time; the delivery's own page will have it. */
export function testResultView({ deliveryId, eventType, seen }: TestResult) {
  const detail = seen?.detail ?? null;
  const error = detail?.errorClass ?? null;
  return {
    delivery_id: deliveryId,
    type: eventType,
    status: seen === undefined ? 'pending' : statusAfter(seen.decision.kind),
    status_code: detail?.status ?? null,
    duration_ms: detail === null ? null : Math.round(detail.durationMs),
    error: error === null ? null : { class: error, message: detail?.message ?? null },
  };
}
