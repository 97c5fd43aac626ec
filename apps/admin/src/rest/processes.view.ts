import type { ProcessReport } from '#log';
import type { ProcessesNow } from '../use-cases/read-processes.ts';
import { isoTime } from './iso-time.ts';

export function processesView({ processes, lag }: ProcessesNow) {
  return { data: processes.map(processView), lag };
}

function processView({ id, role, host, pid, version, startedAt, at, inFlight, stands }: ProcessReport) {
  const partitions = new Set(Object.values(stands).flatMap((own) => own.map(({ partition }) => partition)));
  return {
    id,
    role,
    host,
    pid,
    version,
    started_at: isoTime(startedAt),
    told_at: isoTime(at),
    in_flight: inFlight,
    partitions: [...partitions].toSorted((a, b) => a - b),
  };
}
