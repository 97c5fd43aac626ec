import { setTimeout as delay } from 'node:timers/promises';
import type { Log, TopicName } from '#log';
import type { ReplayQueries } from '#read-model';

const told: readonly TopicName[] = ['events', 'deliveries', 'outcomes'];
const LOOK_EVERY_MS = 100;

/**
 * Waits until the tables have passed what the log held of one partition at the call: then they tell everything that had
 * happened by then. False: they had not within `withinMs`.
 */
export async function tablesPassed(
  {
    log,
    history,
  }: {
    readonly log: Pick<Log, 'endOffsets' | 'startOffsets'>;
    readonly history: Pick<ReplayQueries, 'projectedTo'>;
  },
  partition: number,
  options: { readonly withinMs: number; readonly signal?: AbortSignal },
): Promise<boolean> {
  const ends = await Promise.all(told.map((topic) => endOf(log, topic, partition)));
  const until = performance.now() + options.withinMs;
  for (;;) {
    const projected = await history.projectedTo(partition);
    if (told.every((topic, index) => (projected.get(topic) ?? 0) >= (ends[index] ?? 0))) return true;
    if (performance.now() >= until) return false;
    await delay(LOOK_EVERY_MS, undefined, options.signal === undefined ? {} : { signal: options.signal });
  }
}

/** Tables that were made when the log had forgotten all that a partition held have nothing to pass there. */
async function endOf(
  log: Pick<Log, 'endOffsets' | 'startOffsets'>,
  topic: TopicName,
  partition: number,
): Promise<number> {
  const [starts, ends] = await Promise.all([log.startOffsets(topic), log.endOffsets(topic)]);
  const end = ends[partition] ?? 0;
  return (starts[partition] ?? 0) < end ? end : 0;
}
