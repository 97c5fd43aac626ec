import type { Contract } from '#contracts';
import type { EndpointState, ReplayState, SkipReason } from '#domain';

/** All that decides whether a job sends something. */
export interface Judged {
  /** Undefined: deleted. */
  readonly endpoint: Pick<EndpointState, 'status'> | undefined;
  readonly isKept: boolean;
  readonly isTooOld: boolean;
  readonly isFannedOut: boolean;
}

/**
 * What stands in the way; undefined: nothing. The one place that says so, for the counts of a dry run and for the job
 * itself. A manual retry goes to an endpoint that is off or failed because somebody means that one delivery (R24); a job
 * goes there only where it was told to.
 */
export function obstacleTo(
  { action, includeInactive }: Pick<ReplayState, 'action' | 'includeInactive'>,
  { endpoint, isKept, isTooOld, isFannedOut }: Judged,
): SkipReason | undefined {
  if (action === 'discard') return undefined;
  if (endpoint === undefined) return 'webhook_deleted';
  // A released chain would only be held again (R23).
  const mayBeInactive = action === 'replay' && includeInactive;
  if (endpoint.status !== 'active' && !mayBeInactive) return 'webhook_inactive';
  if (!isFannedOut) return 'not_fanned_out';
  if (!isKept) return 'event_gone';
  return isTooOld ? 'too_old' : undefined;
}

/** Epoch ms: receivers refuse what occurred before it, unless it is restamped. null: nothing is too old. */
export function oldestSendable(contract: Contract, restamp: boolean, now: number): number | null {
  const { maxAgeMs } = contract.policy;
  return contract.replay === 'same-bytes' || restamp || maxAgeMs === null ? null : now - maxAgeMs;
}
