import type { ControlFact } from '#domain';
import { decodeControl, decodeOutcomeHead, glimpseOutcome, type LogRecord } from '#log';

const HOUR_MS = 3_600_000;

/** Something that operators want to be told. */
export interface OperatorNotice {
  /** What its event's id is derived from: the same notice has the same id, whoever gives it and however often (P6). */
  readonly seed: string;
  readonly type: 'endpoint.failed' | 'delivery.failed' | 'secret.rotated';
  /** Whose endpoint it is about. */
  readonly tenantId: string;
  /** Epoch ms. */
  readonly at: number;
  /** Of the fact in `control` that must have applied; null: an outcome is a fact by itself. */
  readonly factId: string | null;
  readonly data: Readonly<Record<string, string | number | null>>;
}

/**
 * What one record is news of; undefined: of nothing. Pure. URLs stay out: they hold customers' tokens.
 *
 * Of deliveries that fail for good, one in an hour of each endpoint is told: their seed is the endpoint and the hour.
 */
export function noticeOf(record: LogRecord): OperatorNotice | undefined {
  if (record.topic === 'control') return ofControl(record);
  if (record.topic === 'outcomes' && glimpseOutcome(record)?.kind === 'failed') return ofOutcome(record);
  return undefined;
}

function ofControl(record: LogRecord): OperatorNotice | undefined {
  const decoded = decodeControl(record);
  if (!decoded.ok) return undefined;
  const { fact, factId, actor } = decoded.value;
  const told = toldOf(fact, actor);
  if (told === undefined || !('tenantId' in fact) || fact.tenantId === null) return undefined;
  const { tenantId, at } = fact;
  const seed = `control/${record.partition}/${record.offset}`;
  return { ...told, seed, tenantId, at, factId, data: { tenant: tenantId, ...told.data } };
}

function toldOf(fact: ControlFact, actor: string): Pick<OperatorNotice, 'type' | 'data'> | undefined {
  if (fact.type === 'endpoint.failed') {
    return { type: 'endpoint.failed', data: { webhook_id: fact.endpointId, reason: fact.reason } };
  }
  if (fact.type === 'endpoint.secret-rotated') {
    return { type: 'secret.rotated', data: { webhook_id: fact.endpointId, actor } };
  }
  if (fact.type === 'tenant.secret-set') {
    return { type: 'secret.rotated', data: { webhook_id: null, actor } };
  }
  return undefined;
}

function ofOutcome(record: LogRecord): OperatorNotice | undefined {
  const decoded = decodeOutcomeHead(record);
  if (!decoded.ok || decoded.value.kind !== 'outcome') return undefined;
  const { ref, decision, attempt, at } = decoded.value.outcome;
  if (decision.kind !== 'failed' || ref.askedBy === 'test') return undefined;
  const { tenantId, endpointId, deliveryId, eventId, eventType } = ref;
  return {
    seed: `delivery.failed/${endpointId}/${Math.floor(record.appendedAt / HOUR_MS)}`,
    type: 'delivery.failed',
    tenantId,
    at,
    factId: null,
    data: {
      tenant: tenantId,
      webhook_id: endpointId,
      delivery_id: deliveryId,
      event_id: eventId,
      event_type: eventType,
      reason: decision.reason,
      attempts: attempt,
    },
  };
}
