import type { MinuteCounts, Overview } from '#read-model';
import type { QuarantinedRecord } from '../use-cases/read-operations.ts';
import { isoTime } from './iso-time.ts';

export function statsView(overview: Overview) {
  const { windowSeconds, attempts, endpoints, backlog, tiers } = overview;
  const perSecond = (count: number): number => count / windowSeconds;
  return {
    window_seconds: windowSeconds,
    rates: {
      accepted_per_second: perSecond(overview.accepted),
      attempts_per_second: perSecond(attempts.made),
      delivered_per_second: perSecond(attempts.delivered),
    },
    attempts: {
      made: attempts.made,
      delivered: attempts.delivered,
      success_ratio: attempts.made === 0 ? null : attempts.delivered / attempts.made,
      duration_seconds: { p50: attempts.p50, p95: attempts.p95, p99: attempts.p99 },
    },
    end_to_end_seconds: overview.endToEnd,
    endpoints,
    backlog: backlog.map(({ due, deliveries, oldestDueSeconds, oldestAcceptedAt }) => ({
      due,
      deliveries,
      oldest_due_seconds: oldestDueSeconds,
      oldest_accepted_at: isoTime(oldestAcceptedAt),
    })),
    backlog_by_age: overview.backlogByAge.map(({ age, pending, held }) => ({ age, pending, held })),
    tiers: tiers.map(({ tier, deliveries, oldestDueAt, oldestDueSeconds }) => ({
      tier,
      deliveries,
      oldest_due_at: isoTime(oldestDueAt),
      oldest_due_seconds: oldestDueSeconds,
    })),
    worst_endpoints: overview.worstEndpoints.map((worst) => ({
      webhook_id: worst.endpointId,
      tenant: worst.tenantId,
      origin: worst.origin,
      status: worst.status,
      attempts: worst.attempts,
      failed_attempts: worst.failedAttempts,
    })),
    disabled_today: overview.disabledToday.map((disabled) => ({
      webhook_id: disabled.endpointId,
      tenant: disabled.tenantId,
      origin: disabled.origin,
      reason: disabled.reason,
      disabled_at: isoTime(disabled.disabledAt),
    })),
    quarantined: overview.quarantined,
    tables_written_at: isoTime(overview.writtenAt),
  };
}

export function minuteView({ at, accepted, attempts, delivered }: MinuteCounts) {
  return { at: isoTime(at), accepted, attempts, delivered };
}

export function quarantineView(row: QuarantinedRecord) {
  return {
    topic: row.topic,
    partition: row.partition,
    offset: row.offset,
    reason: row.reason,
    at: isoTime(row.at),
    redriven_at: isoTime(row.redrivenAt),
  };
}
