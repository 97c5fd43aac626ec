import type { ReplayJob } from '#control';
import { hasEnded, skippedOf } from '#domain';
import type { ReplayPlan, StartedReplay } from '../use-cases/start-replay.ts';
import { isoTime } from './iso-time.ts';
import { Reply } from './reply.ts';

/** A job, and how far it has got. `remaining` is what was counted and not looked at yet. */
export function replayView(job: ReplayJob) {
  const { selection, progress, total } = job;
  const skipped = skippedOf(progress);
  const done = progress.asked + skipped;
  const remaining = hasEnded(job) ? 0 : Math.max(0, total - done);
  return {
    id: job.id,
    tenant: job.tenantId,
    state: job.status,
    what: selection.what,
    action: job.action,
    filter: {
      webhook: selection.endpointId,
      types: selection.types,
      status: selection.statuses,
      since: isoTime(selection.since),
      until: isoTime(selection.until),
    },
    restamp: job.restamp,
    include_inactive: job.includeInactive,
    rate: job.ratePerSecond,
    chain: job.chain,
    total,
    done,
    asked: progress.asked,
    skipped: progress.skipped,
    remaining,
    /** At its rate; what stands still has none. */
    eta_seconds: job.status === 'running' ? Math.ceil(remaining / job.ratePerSecond) : null,
    created_at: isoTime(job.createdAt),
    updated_at: isoTime(job.updatedAt),
  };
}

/** What became of the deliveries that it asked for, as the tables tell it. */
export function outcomesView(outcomes: ReadonlyMap<string, number> | null) {
  return outcomes === null ? null : Object.fromEntries(outcomes);
}

export function replayPlanView(plan: ReplayPlan) {
  return {
    dry_run: true,
    total: plan.total,
    to_send: plan.toSend,
    skipped: plan.skipped,
    up_to_date: plan.isUpToDate,
  };
}

export function replayStarted({ job, position }: StartedReplay): Reply {
  return new Reply(replayView(job), { status: 202, position, location: `/api/v1/replays/${job.id}` });
}
