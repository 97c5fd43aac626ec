import type { AskedBy, DecisionKind } from '#domain';
import { EntitySchema } from 'typeorm';
import { int, json, moment, nullable, position, primaryKey, text, uuid } from './columns.ts';

/**
 * What ended one attempt, or took its place (held, expired, cancelled: no request, its columns are null).
 * Folds from `outcomes`; the first outcome of (delivery, chain, attempt) wins (R3); deferrals are no attempts.
 * What was sent and what came back is in the record's value, which `record_values` keeps.
 */
export interface AttemptSummary {
  readonly deliveryId: string;
  readonly chain: number;
  readonly attempt: number;
  readonly askedBy: AskedBy;
  /** The time its body was given anew; null: the bytes as accepted (P7). */
  readonly restampedAt: number | null;
  readonly kind: Exclude<DecisionKind, 'deferred'>;
  readonly reason: string | null;
  /** How many placements in tiers came before it in the chain. */
  readonly step: number;
  readonly term: number;
  readonly at: number;
  readonly startedAt: number | null;
  readonly durationMs: number | null;
  readonly statusCode: number | null;
  readonly errorClass: string | null;
  /** Of the retry that follows. */
  readonly nextDueAt: number | null;
  readonly nextTiers: readonly string[] | null;
  /** Where in `outcomes` it stands. */
  readonly partition: number;
  readonly offset: number;
}

/** Whose it is. The table leaves it to the delivery's row. */
export interface AttemptOwner {
  readonly tenantId: string;
  readonly endpointId: string;
}

/** With the request and the answer to it. */
export interface AttemptRow extends AttemptSummary, AttemptOwner {
  readonly url: string | null;
  readonly requestHeaders: Readonly<Record<string, string>> | null;
  readonly responseHeaders: Readonly<Record<string, string>> | null;
  /** First 16 KiB; attacker-written. */
  readonly responseBody: Uint8Array | null;
  readonly responseBytes: number | null;
  readonly responseTruncated: boolean;
  readonly message: string | null;
}

export const attemptEntity = new EntitySchema<AttemptSummary>({
  name: 'Attempt',
  tableName: 'attempts',
  columns: {
    deliveryId: uuid({ name: 'delivery_id', ...primaryKey('attempts') }),
    chain: position(primaryKey('attempts')),
    attempt: int(primaryKey('attempts')),
    askedBy: text({ name: 'asked_by' }),
    restampedAt: moment({ name: 'restamped_at', ...nullable }),
    kind: text(),
    reason: text(nullable),
    step: int(),
    term: int(),
    at: moment(),
    startedAt: moment({ name: 'started_at', ...nullable }),
    durationMs: int({ name: 'duration_ms', ...nullable }),
    statusCode: int({ name: 'status_code', ...nullable }),
    errorClass: text({ name: 'error_class', ...nullable }),
    nextDueAt: moment({ name: 'next_due_at', ...nullable }),
    nextTiers: json({ name: 'next_tiers', ...nullable }),
    partition: int({ name: 'log_partition' }),
    offset: position({ name: 'log_offset' }),
  },
  // By ranges of pages (BRIN), which TypeORM has no word for: made by its migration alone.
  indices: [{ name: 'attempts_by_time', columns: ['at'], synchronize: false }],
});
