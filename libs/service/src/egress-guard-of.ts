import { createEgressGuard, type EgressGuard } from '#webhook-http';
import { ConfigError, type ConfigOf, type egressSettings } from '#platform';

type EgressConfig = Pick<ConfigOf<typeof egressSettings>, 'egressAllow' | 'egressDeny' | 'egressHosts'>;

/** Where loopback is allowed by address, people may also write it by name. */
export function egressGuardOf({
  egressAllow: allow,
  egressDeny: deny,
  egressHosts,
}: EgressConfig): EgressGuard {
  try {
    const loopback = createEgressGuard({ allow }).allowsAddress('127.0.0.1') ? ['localhost'] : [];
    return createEgressGuard({ allow, deny, privateHosts: [...egressHosts, ...loopback] });
  } catch (error) {
    throw new ConfigError([`HYPERHOOK_EGRESS_…: ${error instanceof Error ? error.message : String(error)}`]);
  }
}
