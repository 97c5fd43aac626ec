import { deliveryIdOf, fillSlot, restampBody, type Contract } from '#contracts';
import type { ControlTable, ReplayJob } from '#control';
import type { DeliveryRef, SkipReason } from '#domain';
import { encodeAsked, encodeOutcome, type NewRecord } from '#log';
import type { ReplayCandidate } from '#read-model';
import { obstacleTo, oldestSendable } from './obstacle.ts';

/** The delivery that a candidate is, or would be: fan-out would have given it the same id. */
export function deliveryOf(job: ReplayJob, { deliveryId, eventId, endpointId }: ReplayCandidate): string {
  return deliveryId ?? deliveryIdOf(job.tenantId, eventId, endpointId);
}

export interface RecordOptions {
  readonly table: ControlTable;
  readonly contract: Contract;
  /** Of everything about the tenant (R1). */
  readonly partition: number;
  /** Epoch ms. */
  readonly now: number;
}

/**
 * The record that asks for a candidate once more, under the job's chain (R2) and with the bytes of its first time unless
 * they are restamped (P7); for `discard` the outcome that ends it. Else why it is left out.
 */
export function recordFor(
  job: ReplayJob,
  candidate: ReplayCandidate,
  { table, contract, partition, now }: RecordOptions,
): NewRecord | SkipReason {
  const { event, isFannedOut } = candidate;
  const oldest = oldestSendable(contract, job.restamp, now);
  const isTooOld = oldest !== null && event !== null && event.occurredAt < oldest;
  const endpoint = table.endpoint(candidate.endpointId);
  const obstacle = obstacleTo(job, { endpoint, isKept: event !== null, isTooOld, isFannedOut });
  if (obstacle !== undefined) return obstacle;
  const ref = refOf(job, candidate);
  if (job.action === 'discard') {
    const term = candidate.term ?? endpoint?.term ?? 0;
    const decision = { kind: 'cancelled', reason: 'discarded' } as const;
    const outcome = { ref, attempt: 1, step: 0, term, at: now, decision };
    return { topic: 'outcomes', partition, ...encodeOutcome({ kind: 'outcome', outcome, detail: null }) };
  }
  if (event === null) return 'event_gone';
  const body = fillSlot(event.body, event.slot, ref.deliveryId);
  const { occurredAt, acceptedAt } = event;
  const asked = job.restamp
    ? {
        ref: { ...ref, acceptedAt, occurredAt: now, restampedAt: now },
        body: restampBody(contract, body, now),
      }
    : { ref: { ...ref, acceptedAt, occurredAt }, body };
  return { topic: 'deliveries', partition, ...encodeAsked(asked) };
}

function refOf(job: ReplayJob, candidate: ReplayCandidate): DeliveryRef {
  const { endpointId, eventId, eventType, eventOffset, occurredAt, acceptedAt } = candidate;
  return {
    deliveryId: deliveryOf(job, candidate),
    tenantId: job.tenantId,
    endpointId,
    eventId,
    eventType,
    chain: job.chain,
    // What is released counts as the event's own chain would, replays never do (R24).
    askedBy: job.action === 'replay' ? 'replay' : 'release',
    eventOffset,
    occurredAt,
    acceptedAt,
  };
}
