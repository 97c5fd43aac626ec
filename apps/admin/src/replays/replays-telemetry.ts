import type { Metrics } from '#platform';
import type { ReplayMetrics } from './replay-world.ts';

/** The jobs' measurements in the process's registry. */
export function replaysTelemetry(metrics: Metrics): ReplayMetrics {
  const asked = metrics.counter('hyperhook_replay_asked_total', 'Deliveries that replays asked for');
  const skipped = metrics.counter('hyperhook_replay_skipped_total', 'Deliveries that replays left out', [
    'reason',
  ]);
  const running = metrics.gauge('hyperhook_replays_running', 'Replays that this process carries on');
  return {
    asked: (count) => asked.add({}, count),
    skipped: (reason, count) => skipped.add({ reason }, count),
    running: (jobs) => running.set(jobs),
  };
}
