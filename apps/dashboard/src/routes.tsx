import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  retainSearchParams,
} from '@tanstack/react-router';
import { auditSearch } from './ops/audit/audit-search.ts';
import { deliverySearch } from './portal/deliveries/delivery-filter.ts';
import { tenantSearch } from './portal/tenant-search.ts';
import { useSession } from './session/session.tsx';
import { Crash } from './shell/crash.tsx';
import { NotFound } from './shell/not-found.tsx';
import { SignIn } from './shell/sign-in.tsx';

/** Nothing is shown to nobody: whoever has no credential signs in first, and comes out where the address says. */
function SignedIn() {
  const { credential } = useSession();
  return credential === null ? <SignIn /> : <Outlet />;
}

const root = createRootRoute({ component: SignedIn, notFoundComponent: NotFound });

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./shell/start.tsx'), 'Start'),
});

const portal = createRoute({
  getParentRoute: () => root,
  path: '/portal',
  validateSearch: tenantSearch,
  search: { middlewares: [retainSearchParams(['tenant'])] },
  component: lazyRouteComponent(() => import('./portal/portal-frame.tsx'), 'PortalFrame'),
});

const endpoints = createRoute({
  getParentRoute: () => portal,
  path: '/',
  component: lazyRouteComponent(() => import('./portal/endpoints/endpoint-list.tsx'), 'EndpointList'),
});

const newEndpoint = createRoute({
  getParentRoute: () => portal,
  path: '/endpoints/new',
  component: lazyRouteComponent(() => import('./portal/endpoints/new-endpoint-page.tsx'), 'NewEndpointPage'),
});

const endpoint = createRoute({
  getParentRoute: () => portal,
  path: '/endpoints/$id',
  validateSearch: deliverySearch,
  component: lazyRouteComponent(() => import('./portal/endpoints/endpoint-page.tsx'), 'EndpointPage'),
});

const deliveries = createRoute({
  getParentRoute: () => portal,
  path: '/deliveries',
  validateSearch: deliverySearch,
  component: lazyRouteComponent(() => import('./portal/deliveries/deliveries-page.tsx'), 'DeliveriesPage'),
});

const replays = createRoute({
  getParentRoute: () => portal,
  path: '/replays',
  component: lazyRouteComponent(() => import('./portal/replays/replays-page.tsx'), 'ReplaysPage'),
});

const ops = createRoute({
  getParentRoute: () => root,
  path: '/ops',
  component: lazyRouteComponent(() => import('./ops/ops-frame.tsx'), 'OpsFrame'),
});

const opsOverview = createRoute({
  getParentRoute: () => ops,
  path: '/',
  component: lazyRouteComponent(() => import('./ops/overview/overview-page.tsx'), 'OverviewPage'),
});

const opsQuarantine = createRoute({
  getParentRoute: () => ops,
  path: '/quarantine',
  component: lazyRouteComponent(() => import('./ops/quarantine/quarantine-page.tsx'), 'QuarantinePage'),
});

const opsReplays = createRoute({
  getParentRoute: () => ops,
  path: '/replays',
  component: lazyRouteComponent(() => import('./ops/replays/replays-page.tsx'), 'ReplaysPage'),
});

const opsAudit = createRoute({
  getParentRoute: () => ops,
  path: '/audit',
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import('./ops/audit/audit-page.tsx'), 'AuditPage'),
});

const opsTenants = createRoute({
  getParentRoute: () => ops,
  path: '/tenants',
  component: lazyRouteComponent(() => import('./ops/tenants/tenants-page.tsx'), 'TenantsPage'),
});

const opsCatalogue = createRoute({
  getParentRoute: () => ops,
  path: '/catalogue',
  component: lazyRouteComponent(() => import('./ops/catalogue/catalogue-page.tsx'), 'CataloguePage'),
});

const tree = root.addChildren([
  start,
  portal.addChildren([endpoints, newEndpoint, endpoint, deliveries, replays]),
  ops.addChildren([opsOverview, opsQuarantine, opsReplays, opsAudit, opsTenants, opsCatalogue]),
]);

export const router = createRouter({
  routeTree: tree,
  basepath: '/ui',
  defaultErrorComponent: Crash,
  defaultNotFoundComponent: NotFound,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
