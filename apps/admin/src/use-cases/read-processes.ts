import { Refused, requireScope, retryAfter, type Principal } from '#http-edge';
import { lagByTopic, LogError, type ProcessReport, type Stand, type TopicName } from '#log';
import type { AdminContext } from './admin-context.ts';

/** Records that nobody of the group has done yet, in one topic. */
export interface GroupLag {
  readonly group: string;
  readonly topic: TopicName;
  readonly records: number;
}

export interface ProcessesNow {
  readonly processes: readonly ProcessReport[];
  readonly lag: readonly GroupLag[];
}

/** Who is there now, and how far each group is behind the log. Throws {@link Refused}: 403, 503. */
export async function readProcesses(
  { log, processes }: Pick<AdminContext, 'log' | 'processes'>,
  principal: Principal,
): Promise<ProcessesNow> {
  requireScope(principal, 'admin');
  try {
    const found = await processes();
    const groups = new Set(found.flatMap(({ stands }) => Object.keys(stands)));
    const lag = await Promise.all(
      [...groups].toSorted().map(async (group) => {
        const topics = await lagByTopic(log, standsOf(group, found));
        return [...topics].map(([topic, records]) => ({ group, topic, records }));
      }),
    );
    return { processes: found, lag: lag.flat() };
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    throw new Refused('unavailable', 'the log does not answer; ask again', {
      headers: retryAfter(2),
      cause: error,
    });
  }
}

/** While a partition goes from one to another both may tell of it: the one that has got further is right. */
function standsOf(group: string, processes: readonly ProcessReport[]): Iterable<Stand> {
  const furthest = new Map<string, Stand>();
  for (const stand of processes.flatMap(({ stands }) => stands[group] ?? [])) {
    const key = `${stand.topic}/${stand.partition}`;
    if (stand.position >= (furthest.get(key)?.position ?? 0)) furthest.set(key, stand);
  }
  return furthest.values();
}
