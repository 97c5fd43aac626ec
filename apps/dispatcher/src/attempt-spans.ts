import type { Outcome } from '#domain';
import type { AttemptDetail } from '#log';
import type { Tracing } from '#platform';

/**
 * A span for each attempt, told once it is over: the delivery's path stays as it is. Of the URL only where it leads: its
 * path and query may hold credentials. The trace's name is not sent to receivers, who are strangers.
 */
export function tellAttempt(
  tracing: Tracing,
  { ref, attempt, decision }: Outcome,
  detail: AttemptDetail,
): void {
  const { hostname, port, protocol } = new URL(detail.url);
  const span = tracing.begin('attempt', {
    kind: 'client',
    parent: ref.traceparent,
    from: detail.startedAt,
    attributes: {
      'http.request.method': 'POST',
      'server.address': hostname,
      'server.port': port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
      'hyperhook.tenant.id': ref.tenantId,
      'hyperhook.endpoint.id': ref.endpointId,
      'hyperhook.event.id': ref.eventId,
      'hyperhook.event.type': ref.eventType,
      'hyperhook.delivery.id': ref.deliveryId,
      'hyperhook.chain': ref.chain,
      'hyperhook.attempt': attempt,
      'hyperhook.outcome': decision.kind,
      ...(attempt > 1 ? { 'http.request.resend_count': attempt - 1 } : {}),
      ...(detail.status === null ? {} : { 'http.response.status_code': detail.status }),
    },
  });
  const error = decision.kind === 'delivered' ? undefined : (detail.errorClass ?? String(detail.status));
  span.end(detail.startedAt + detail.durationMs, {}, error);
}
