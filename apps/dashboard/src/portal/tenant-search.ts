export interface TenantSearch {
  /** Root keys name the tenant whose page they look at; a tenant's own credential needs none. */
  readonly tenant?: string | undefined;
}

export function tenantSearch(search: Readonly<Record<string, unknown>>): TenantSearch {
  const { tenant } = search;
  if (typeof tenant === 'number') return { tenant: String(tenant) };
  return typeof tenant === 'string' && tenant !== '' ? { tenant } : {};
}
