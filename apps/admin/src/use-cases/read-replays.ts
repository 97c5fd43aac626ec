import type { ReplayJob } from '#control';
import { ownOnly, Refused, requireScope, type Principal } from '#http-edge';
import type { AdminContext } from './admin-context.ts';
import { fromHistory } from './history.ts';
import { listPage, type ListPage, type PageAsk } from './list-page.ts';

/** Of the caller's tenant; of all tenants for a root key that names none. Oldest first. */
export function listReplays(context: AdminContext, principal: Principal, ask: PageAsk): ListPage<ReplayJob> {
  requireScope(principal, 'deliveries:read');
  const all = [...context.control.table.replays()];
  const { tenantId } = principal;
  return listPage(tenantId === null ? all : all.filter((job) => job.tenantId === tenantId), ask);
}

/** With what became of its chains, by status; null: the history is away, which is no reason to hide the job. */
export interface ReplayWithOutcomes {
  readonly job: ReplayJob;
  readonly outcomes: ReadonlyMap<string, number> | null;
}

export async function getReplay(
  context: AdminContext,
  principal: Principal,
  id: string,
): Promise<ReplayWithOutcomes> {
  requireScope(principal, 'deliveries:read');
  const job = replayById(context, principal, id);
  try {
    const outcomes = await fromHistory(context, (history) => history.chainCounts(job.tenantId, job.chain));
    return { job, outcomes };
  } catch (error) {
    if (error instanceof Refused && error.code === 'unavailable') return { job, outcomes: null };
    throw error;
  }
}

/** Somebody else's is not there (404). */
export function replayById(
  context: Pick<AdminContext, 'control'>,
  principal: Principal,
  id: string,
): ReplayJob {
  return ownOnly(principal, context.control.table.replay(id), 'replay');
}
