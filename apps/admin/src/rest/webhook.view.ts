import { noEndpointLimits, type EndpointState } from '#domain';
import type { Principal } from '#http-edge';
import { isoSeconds } from './iso-time.ts';
import { endpointLimitsView } from './limits.view.ts';

/**
 * An endpoint as the Hyprwatch page shows a webhook, and a little more. `secret` only where it is handed over: in the
 * answers of create and rotate. Custom headers by name: their values are credentials as often as not.
 */
export function webhookView(endpoint: EndpointState, principal: Principal, secret?: string | null) {
  const [newest] = endpoint.secrets;
  return {
    id: endpoint.id,
    url: endpoint.url,
    events: endpoint.events,
    ...(secret === undefined ? {} : { secret }),
    ...(newest?.publicKey === undefined ? {} : { signature: newest.scheme, public_key: newest.publicKey }),
    active: endpoint.status === 'active',
    status: endpoint.status,
    created_at: isoSeconds(endpoint.createdAt),
    description: endpoint.description,
    headers: Object.keys(endpoint.headers),
    limits: endpointLimitsView(endpoint.limits ?? noEndpointLimits),
    ...(endpoint.reason === null ? {} : { reason: endpoint.reason }),
    // A root key that acts for no tenant sees those of all.
    ...(principal.tenantId === null ? { tenant: endpoint.tenantId } : {}),
  };
}
