import { Link, Outlet, useLocation, useSearch } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { dataOf } from '../api/api-client.ts';
import { ApiProvider, useApi, useMe } from '../api/api-context.tsx';
import { hasStatus } from '../api/api-problem.ts';
import type { Contract, Me } from '../api/schema.ts';
import { LiveProvider } from '../live/live.tsx';
import { LoadError } from '../parts/load-error.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { Frame } from '../shell/frame.tsx';
import { shellStrings } from '../strings/shell.ts';
import { PlanBadge } from './plan-badge.tsx';
import { PortalContext, type Portal } from './portal-context.tsx';
import { TenantChoice, TenantSwitch } from './tenant-choice.tsx';

/** The customer's own pages: of the credential's tenant, or of the one that a root key names. */
export function PortalFrame() {
  const { tenant } = useSearch({ from: '/portal' });
  return (
    <ApiProvider tenant={tenant}>
      <LiveProvider>
        <Whose named={tenant} />
      </LiveProvider>
    </ApiProvider>
  );
}

function Whose({ named }: { readonly named: string | undefined }) {
  const me = useMe();
  const { api } = useApi();
  const contracts = useQuery({
    queryKey: ['contracts'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/contracts', { signal })),
    staleTime: Infinity,
  });
  const failed = me.error ?? contracts.error;
  // A root key may name a tenant that is not there; the list says which are.
  if (hasStatus(failed, 404) && named !== undefined) return <TenantChoice missing={named} />;
  if (failed !== null) {
    const retry = () => {
      void me.refetch();
      void contracts.refetch();
    };
    return (
      <Frame whose="" nav={null}>
        <LoadError error={failed} onRetry={retry} />
      </Frame>
    );
  }
  if (me.data === undefined || contracts.data === undefined) return <Waiting />;
  const { tenant } = me.data;
  if (tenant === null) return <TenantChoice />;
  const contract = contracts.data.data.find(({ id }) => id === tenant.contract);
  if (contract === undefined) return <Waiting />;
  return <Pages me={me.data} tenant={tenant} contract={contract} isNamed={named !== undefined} />;
}

function Pages({
  me,
  tenant,
  contract,
  isNamed,
}: {
  readonly me: Me;
  readonly tenant: NonNullable<Me['tenant']>;
  readonly contract: Contract;
  readonly isNamed: boolean;
}) {
  const portal = useMemo<Portal>(
    () => ({
      tenant,
      contract,
      may: (scope) => me.scopes.includes(scope) || me.scopes.includes('admin'),
    }),
    [me, tenant, contract],
  );
  const tools = isNamed ? <TenantSwitch current={tenant.name} /> : undefined;
  return (
    <PortalContext value={portal}>
      <Frame whose={tenant.name} nav={tenant.entitled ? <PortalNav /> : null} tools={tools}>
        {tenant.entitled ? <Outlet /> : <PlanBadge />}
      </Frame>
    </PortalContext>
  );
}

function PortalNav() {
  // An endpoint's own page is one of the endpoints.
  const isEndpoint = useLocation().pathname.startsWith('/portal/endpoints/');
  return (
    <>
      <Link
        to="/portal"
        activeOptions={{ exact: true, includeSearch: false }}
        {...(isEndpoint ? { 'data-status': 'active' } : {})}
      >
        {shellStrings.portal.endpoints}
      </Link>
      <Link to="/portal/deliveries" activeOptions={{ includeSearch: false }}>
        {shellStrings.portal.deliveries}
      </Link>
      <Link to="/portal/replays" activeOptions={{ includeSearch: false }}>
        {shellStrings.portal.replays}
      </Link>
    </>
  );
}
