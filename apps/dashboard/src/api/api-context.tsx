import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useSession } from '../session/session.tsx';
import { apiClient, dataOf, type Api } from './api-client.ts';

interface ApiScope {
  readonly api: Api;
  /** The tenant that a root key acts for; null: the credential's own, or all. Part of every query's key. */
  readonly tenant: string | null;
}

const ApiContext = createContext<ApiScope | null>(null);

/** The API as the session's credential opens it; with `tenant`, as one of that tenant (root keys only). */
export function ApiProvider({
  tenant,
  children,
}: {
  readonly tenant?: string | undefined;
  readonly children: ReactNode;
}) {
  const { credential, end } = useSession();
  const scope = useMemo<ApiScope | null>(
    () =>
      credential === null
        ? null
        : {
            api: apiClient({ credential, tenant, onRefused: ({ code }) => end(credential, code) }),
            tenant: tenant ?? null,
          },
    [credential, tenant, end],
  );
  if (scope === null) return null;
  return <ApiContext value={scope}>{children}</ApiContext>;
}

export function useApi(): ApiScope {
  const scope = useContext(ApiContext);
  if (scope === null) throw new Error('useApi needs an ApiProvider above it');
  return scope;
}

/** Who the credential speaks for, and what it may do. */
export function useMe() {
  const { api, tenant } = useApi();
  return useQuery({
    queryKey: ['me', tenant],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/me', { signal })),
    staleTime: 30_000,
  });
}
