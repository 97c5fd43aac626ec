import type { Contract } from '#contracts';
import type { ReplayJob } from '#control';
import {
  hasEnded,
  type ReplayAction,
  type ReplaySelection,
  type SkipCounts,
  type TenantState,
} from '#domain';
import { Refused, requireScope, tenantOf, type Principal } from '#http-edge';
import { partitionOf } from '#log';
import { obstacleTo, oldestSendable } from '../replays/obstacle.ts';
import { tablesPassed } from '../replays/tables-passed.ts';
import { contractOf, ownEndpoint, requireEntitled } from './acting-for.ts';
import type { AdminContext } from './admin-context.ts';
import { fromHistory } from './history.ts';
import { newId } from './new-id.ts';
import { replayById } from './read-replays.ts';
import { refusedField } from './refused-field.ts';
import { selectionOf, type ReplayAsk } from './replay-selection.ts';

const TABLES_WITHIN_MS = 5_000;
/** A tenant that starts jobs without end must not hold up those of others. */
const MAX_OPEN_JOBS = 10;

export interface StartReplay extends ReplayAsk {
  readonly webhook?: string | undefined;
  /** Root keys that name no webhook. */
  readonly tenant?: string | undefined;
  readonly ratePerSecond?: number | undefined;
  readonly restamp?: boolean | undefined;
  readonly includeInactive?: boolean | undefined;
}

/** What a job would do now. */
export interface ReplayPlan {
  readonly total: number;
  readonly toSend: number;
  readonly skipped: SkipCounts;
  /** False: the tables have not caught up with the log; there may be more. */
  readonly isUpToDate: boolean;
}

export interface StartedReplay {
  readonly job: ReplayJob;
  readonly position: number;
}

/** What a job is, before it has an id. */
export interface PlannedReplay {
  readonly tenant: TenantState;
  readonly action: ReplayAction;
  readonly selection: ReplaySelection;
  readonly restamp: boolean;
  readonly includeInactive: boolean;
  readonly ratePerSecond: number;
}

/** Counts, and asks for nothing. */
export async function planReplay(
  context: AdminContext,
  principal: Principal,
  ask: StartReplay,
): Promise<ReplayPlan> {
  return countReplay(context, planned(context, principal, ask));
}

/** The job begins with the fact that says so; whichever process carries jobs on takes it up (R2). */
export async function startReplay(
  context: AdminContext,
  principal: Principal,
  ask: StartReplay,
): Promise<StartedReplay> {
  return beginReplay(context, principal, planned(context, principal, ask));
}

function planned(context: AdminContext, principal: Principal, ask: StartReplay): PlannedReplay {
  requireScope(principal, 'deliveries:replay');
  const own = ask.webhook === undefined ? undefined : ownEndpoint(context, principal, ask.webhook);
  const named = ask.tenant ?? own?.tenant.id;
  const tenant = tenantOf(principal, context.control.table, named);
  if (own !== undefined && own.tenant.id !== tenant.id) throw new Refused('not_found', 'no such webhook');
  requireEntitled(tenant);
  const restamp = ask.restamp ?? false;
  refuseRestamp(contractOf(context, tenant), restamp);
  return {
    tenant,
    action: 'replay',
    selection: selectionOf(ask, own?.endpoint),
    restamp,
    includeInactive: ask.includeInactive ?? false,
    ratePerSecond: ask.ratePerSecond ?? context.replayRate,
  };
}

function refuseRestamp(contract: Contract, restamp: boolean): void {
  if (!restamp || contract.replay !== 'same-bytes') return;
  const detail = `${contract.title} promises the same bytes on every attempt; leave "restamp" out`;
  throw refusedField('/restamp', 'not_in_contract', detail);
}

export async function beginReplay(
  context: AdminContext,
  principal: Principal,
  plan: PlannedReplay,
): Promise<StartedReplay> {
  const { tenant, ...what } = plan;
  const open = [...context.control.table.replays()].filter(
    (job) => job.tenantId === tenant.id && !hasEnded(job),
  );
  if (open.length >= MAX_OPEN_JOBS) {
    const detail = `tenant ${tenant.id} has ${open.length} replays that have not ended; cancel one, or wait for one`;
    throw new Refused('conflict', detail);
  }
  const ends = await context.log.endOffsets('deliveries');
  const { total } = await countReplay(context, plan);
  const replayId = newId('rpl_', context.random);
  const { position } = await context.writer.replay(
    replayId,
    {
      type: 'start',
      replayId,
      tenantId: tenant.id,
      ...what,
      total,
      askedFrom: ends[partitionOf(tenant.id, context.partitions)] ?? 0,
      at: context.now(),
    },
    principal.actor,
  );
  return { job: replayById(context, principal, replayId), position };
}

/** By the same rules as the job itself goes by. */
async function countReplay(context: AdminContext, plan: PlannedReplay): Promise<ReplayPlan> {
  const { tenant, selection, restamp } = plan;
  const partition = partitionOf(tenant.id, context.partitions);
  const oldest = oldestSendable(contractOf(context, tenant), restamp, context.now());
  return fromHistory(context, async (history) => {
    const within = { withinMs: TABLES_WITHIN_MS };
    const isUpToDate = await tablesPassed({ log: context.log, history }, partition, within);
    const bounds = { tenantId: tenant.id, selection, startedAt: context.now(), chain: null };
    let total = 0;
    let toSend = 0;
    const skipped: Record<string, number> = {};
    for (const { endpointId, count, ...judged } of await history.replayTally(bounds, oldest)) {
      const endpoint = context.control.table.endpoint(endpointId);
      const obstacle = obstacleTo(plan, { endpoint, ...judged });
      total += count;
      if (obstacle === undefined) toSend += count;
      else skipped[obstacle] = (skipped[obstacle] ?? 0) + count;
    }
    return { total, toSend, skipped, isUpToDate };
  });
}
