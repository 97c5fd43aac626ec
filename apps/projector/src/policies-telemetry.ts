import type { Metrics } from '#platform';
import type { PolicyMetrics } from './policies/policy-ports.ts';

/** The policies' measurements in the process's registry. */
export function policiesTelemetry(metrics: Metrics): PolicyMetrics {
  const settled = metrics.counter('hyperhook_held_settled_total', 'Held deliveries settled by an enabling', [
    'how',
  ]);
  const stopped = metrics.gauge('hyperhook_policies_stopped', '1: waits for a newer release', ['partition']);
  return {
    settled: (how, count) => settled.add({ how }, count),
    stopped: (partition, is) => stopped.set(is ? 1 : 0, { partition: String(partition) }),
  };
}
