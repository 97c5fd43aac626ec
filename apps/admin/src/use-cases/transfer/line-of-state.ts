import { endpointOwner, openHeaders, tenantOwner, type SecretBox } from '#control';
import {
  noEndpointLimits,
  type ApiKeyState,
  type EndpointSettings,
  type EndpointState,
  type TenantState,
} from '#domain';
import type { EndpointLine, KeyLine, TenantLine } from './transfer-line.ts';

export function lineOfTenant(box: SecretBox, tenant: TenantState): TenantLine {
  const { id, name, contract, attributes, entitled, limits } = tenant;
  const secret = tenant.secret === null ? null : box.open(tenant.secret, tenantOwner(id));
  return { kind: 'tenant', id, name, contract, attributes, entitled, limits, secret };
}

export function lineOfKey(key: ApiKeyState): KeyLine {
  const { id, tenantId, name, prefix, hash, scopes, expiresAt } = key;
  return { kind: 'key', id, tenant: tenantId, name, prefix, hash, scopes, expiresAt };
}

/** A secret whose grace has ended is of no use to anybody. One that is `failed` moves as switched off. `now`: epoch ms. */
export function lineOfEndpoint(box: SecretBox, endpoint: EndpointState, now: number): EndpointLine {
  const owner = endpointOwner(endpoint.tenantId, endpoint.id);
  return {
    kind: 'webhook',
    id: endpoint.id,
    tenant: endpoint.tenantId,
    ...settingsOf(endpoint),
    headers: openHeaders(box, endpoint.headers, endpoint),
    secrets: endpoint.secrets
      .filter(({ until }) => until === null || until > now)
      .map(({ sealed, until }) => ({ secret: box.open(sealed, owner), until })),
    active: endpoint.status === 'active',
  };
}

/** Named one by one, so that a setting which is added does not compile until it moves too. */
function settingsOf({
  url,
  events,
  description,
  limits = noEndpointLimits,
}: EndpointState): Required<Omit<EndpointSettings, 'headers'>> {
  return { url, events, description, limits };
}
