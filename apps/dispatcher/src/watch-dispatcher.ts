import { lagByTopic, type Log } from '#log';
import type { Measured, Metrics } from '#platform';
import { watchLag } from '#service';
import type { RunningDispatcher } from './create-dispatcher.ts';

type Watched = Pick<RunningDispatcher, 'gauges' | 'backlog'>;

const gauges = {
  inFlight: 'Attempts begun whose outcome is not durable yet.',
  queued: 'Deliveries drawn and waiting for a slot.',
  inHand: 'Records taken up and not done.',
  hangingLanes: 'Endpoints whose oldest attempt has taken over 2 s.',
  appendsWaiting: 'Appends that the log has not answered.',
} as const;

/** What it holds at the moment, read when metrics are asked for. */
export function watchDispatcher(
  metrics: Metrics,
  dispatcher: Watched,
  log: Pick<Log, 'endOffsets' | 'now'>,
): void {
  for (const [name, help] of Object.entries(gauges) as [keyof typeof gauges, string][]) {
    const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    metrics.gaugeOf(`hyperhook_dispatcher_${snake}`, help, () => dispatcher.gauges()[name]);
  }
  watchLag(metrics, 'dispatcher', async () => lagByTopic(log, dispatcher.backlog()));
  metrics.gaugesOf(
    'hyperhook_oldest_due_seconds',
    'For how long the oldest delivery that is not done is due, by the topic it came from; 0: none is. Attempts under way count, so half a minute is well.',
    ['topic'],
    () => oldestDue(dispatcher, log.now()),
  );
}

function oldestDue(dispatcher: Watched, now: number): readonly Measured[] {
  const oldest = new Map<string, number>();
  for (const { topic, oldestDueAt } of dispatcher.backlog()) {
    const due = oldestDueAt === undefined ? 0 : Math.max(0, now - oldestDueAt) / 1_000;
    oldest.set(topic, Math.max(due, oldest.get(topic) ?? 0));
  }
  return [...oldest].map(([topic, value]) => ({ labels: { topic }, value }));
}
