import type { CounterMetric, Metrics } from '#platform';

/** Counted where an endpoint is saved, and where it is connected to. */
export function egressBlocked(metrics: Metrics): CounterMetric {
  const blocked = metrics.counter(
    'hyperhook_egress_blocked_total',
    'Endpoints that lead to an address that is not public. stage: save (refused), or connect (nothing was sent).',
    ['stage'],
  );
  // An increase can only be seen of what was there before.
  for (const stage of ['save', 'connect']) blocked.of(stage);
  return blocked;
}
