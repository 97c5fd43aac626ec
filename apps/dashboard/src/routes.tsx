import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
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
  beforeLoad: () => {
    throw redirect({ to: '/portal' });
  },
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

const tree = root.addChildren([
  start,
  portal.addChildren([endpoints, newEndpoint, endpoint, deliveries, replays]),
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
