import { createEgressGuard, type EgressGuard } from '#webhook-http';
import type { ConfigOf, egressSettings } from '#platform';

/** Where loopback is allowed by address, people may also write it by name. */
export function egressGuardOf({
  egressAllow: allow,
  egressHosts,
}: ConfigOf<typeof egressSettings>): EgressGuard {
  const loopback = createEgressGuard({ allow }).allowsAddress('127.0.0.1') ? ['localhost'] : [];
  return createEgressGuard({ allow, privateHosts: [...egressHosts, ...loopback] });
}
