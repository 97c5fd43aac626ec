import type { DeliveryStatus } from '../delivery/outcome.ts';

/**
 * What a job is about.
 *
 * - `deliveries`: those that a filter names.
 * - `failed`: those that failed within a time.
 * - `missed`: events that an endpoint would want now, and has no delivery of: they came before it was there, before it
 *   subscribed to them, or while it was off.
 * - `held`: what an endpoint keeps held.
 */
export const replayWhats = ['deliveries', 'failed', 'missed', 'held'] as const;
export type ReplayWhat = (typeof replayWhats)[number];

/** `release` is a replay that counts as the event's own chain would (R24); `discard` sends nothing. */
export const replayActions = ['replay', 'release', 'discard'] as const;
export type ReplayAction = (typeof replayActions)[number];

/** Statuses that nothing changes any more by itself: one that is pending has a chain that goes on. */
export const replayableStatuses = [
  'failed',
  'expired',
  'cancelled',
  'delivered',
] as const satisfies readonly DeliveryStatus[];
export type ReplayableStatus = (typeof replayableStatuses)[number];

/** Which things a job is about, as they stood when it began. */
export interface ReplaySelection {
  readonly what: ReplayWhat;
  /** null: any of the tenant's. `missed` and `held` name one. */
  readonly endpointId: string | null;
  /** Event types; empty: all. */
  readonly types: readonly string[];
  /** Empty where the kind of job says it: `missed` has no deliveries, `held` one status. */
  readonly statuses: readonly ReplayableStatus[];
  /** Epoch ms, inclusive: of acceptance, for `failed` of the failing. null: no bound. */
  readonly since: number | null;
  readonly until: number | null;
  /** For `held`: the endpoint's terms under which it was held. */
  readonly terms: readonly number[];
}

/** Why something that a job is about was not sent. A closed list: each has its count, nothing is left out silently. */
export const skipReasons = [
  'webhook_deleted',
  'webhook_inactive',
  'event_gone',
  'too_old',
  'not_fanned_out',
  'changed_meanwhile',
] as const;
export type SkipReason = (typeof skipReasons)[number];

export type SkipCounts = Readonly<Partial<Record<SkipReason, number>>>;

/** A place in the job's order: a time, and the id that orders those of one millisecond. */
export interface ReplayCursor {
  readonly at: number;
  readonly id: string;
}

/** How far a job has got. */
export interface ReplayProgress {
  /** The last thing that was looked at; null: none yet. */
  readonly cursor: ReplayCursor | null;
  /** Chains asked for, or deliveries discarded. */
  readonly asked: number;
  readonly skipped: SkipCounts;
  /** What was asked for beyond the cursor stands in `deliveries` of the job's partition from this offset on, or nowhere. */
  readonly askedFrom: number;
}

export type ReplayStatus = 'running' | 'paused' | 'cancelled' | 'finished';

/** A job that asks for many deliveries. Its id never says where it stands in `control`; its chains do (R2). */
export interface ReplayState {
  readonly id: string;
  readonly tenantId: string;
  readonly action: ReplayAction;
  readonly selection: ReplaySelection;
  /** Writes a new time into the bodies, where the contract's receivers refuse old ones. */
  readonly restamp: boolean;
  /** Goes to endpoints that are off or failed, too. */
  readonly includeInactive: boolean;
  readonly ratePerSecond: number;
  /** As counted when it was asked for. */
  readonly total: number;
  readonly status: ReplayStatus;
  readonly progress: ReplayProgress;
  /** How often progress was written down: the next one names the one that it follows. */
  readonly page: number;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Ended jobs never go on. */
export function hasEnded({ status }: Pick<ReplayState, 'status'>): boolean {
  return status === 'cancelled' || status === 'finished';
}

export function skippedOf({ skipped }: Pick<ReplayProgress, 'skipped'>): number {
  return Object.values(skipped).reduce((sum, count) => sum + count, 0);
}
