import type { StartReplay } from '../use-cases/start-replay.ts';
import type { StartReplayRequest } from './replay.requests.ts';

export function replayAsk(body: StartReplayRequest): StartReplay {
  const { what, filter, tenant, rate, restamp, include_inactive: includeInactive } = body;
  return {
    what,
    webhook: filter?.webhook,
    type: filter?.type,
    status: filter?.status,
    since: timeOf(filter?.since),
    until: timeOf(filter?.until),
    tenant,
    ratePerSecond: rate,
    restamp,
    includeInactive,
  };
}

function timeOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}
