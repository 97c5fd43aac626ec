import type { Metrics } from '#platform';
import { projectedTopics } from './projections/projection.ts';
import type { ProjectorMetrics } from './projector-ports.ts';

/** The projector's measurements in the process's registry. */
export function projectorTelemetry(metrics: Metrics): ProjectorMetrics {
  const records = metrics.counter('hyperhook_projected_records_total', 'Records folded into tables', [
    'topic',
  ]);
  const duration = metrics.histogram('hyperhook_projection_seconds', 'One transaction of a projection');
  const dead = metrics.counter('hyperhook_projection_dead_letters_total', 'Records not readable', ['topic']);
  // An increase can only be seen of what was there before.
  for (const topic of projectedTopics) dead.of(topic);
  const stopped = metrics.gauge('hyperhook_projection_stopped', '1: waits for a newer release', [
    'topic',
    'partition',
  ]);
  const down = metrics.gauge(
    'hyperhook_projection_database_down',
    '1: history falls behind, deliveries go on',
  );
  const waiting = metrics.gauge('hyperhook_projection_waiting_records', 'Read and not yet applied');
  return {
    applied(counts, ms) {
      for (const [topic, count] of counts) records.of(topic).add(count);
      duration.observe(ms / 1_000);
    },
    quarantined: (topic) => dead.of(topic).add(),
    stopped: (topic, partition, is) => stopped.set(is ? 1 : 0, { topic, partition: String(partition) }),
    databaseDown: (is) => down.set(is ? 1 : 0),
    waiting: (count) => waiting.set(count),
  };
}
