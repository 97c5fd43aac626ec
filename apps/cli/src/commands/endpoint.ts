import type { Column } from '../output/table.ts';

/** A webhook, as the API shows it. */
export interface Endpoint {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly status: string;
  readonly reason?: string;
  readonly description: string;
  readonly headers: readonly string[];
  readonly tenant?: string;
  readonly created_at: string;
  /** In the answers of create and rotate; null: unsigned, or signed with the tenant's. */
  readonly secret?: string | null;
}

const statusOf = ({ status, reason }: Endpoint): string =>
  reason === undefined ? status : `${status} (${reason})`;
const eventsOf = ({ events }: Endpoint): string => (events.length === 0 ? 'all' : events.join(', '));

export const endpointColumns: readonly Column<Endpoint>[] = [
  { head: 'id', of: ({ id }) => id },
  { head: 'tenant', of: ({ tenant }) => tenant },
  { head: 'status', of: statusOf },
  { head: 'url', of: ({ url }) => url },
  { head: 'events', of: eventsOf },
];

export function endpointFields(endpoint: Endpoint): readonly (readonly [name: string, value: unknown])[] {
  const { id, url, description, headers, tenant, secret } = endpoint;
  return [
    ['id', id],
    ...(secret === undefined ? [] : [['secret', secret ?? 'none of its own'] as const]),
    ...(tenant === undefined ? [] : [['tenant', tenant] as const]),
    ['url', url],
    ['status', statusOf(endpoint)],
    ['events', eventsOf(endpoint)],
    ['headers', headers],
    ['description', description],
    ['created', endpoint.created_at],
  ];
}

export const endpointPath = (id: string | undefined, action = ''): string =>
  `/webhooks/${encodeURIComponent(id ?? '')}${action}`;
