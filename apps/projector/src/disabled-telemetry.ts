import { disableReasons } from '#domain';
import type { Logger, Metrics } from '#platform';
import type { Disabling } from './policies/policy-ports.ts';

/** Counts what the engine disables, and says whose it is. */
export function disabledTelemetry(logger: Logger, metrics: Metrics): (disabled: Disabling) => void {
  const count = metrics.counter('hyperhook_endpoint_disabled_total', 'Endpoints disabled by the engine.', [
    'reason',
  ]);
  // An increase can only be seen of what was there before.
  for (const reason of disableReasons) count.of(reason);
  return ({ tenantId: tenant, endpointId: endpoint, term, reason, cause }) => {
    count.of(reason).add();
    logger.warn({ tenant, endpoint, term, reason, cause }, 'endpoint.disabled');
  };
}
