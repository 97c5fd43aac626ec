import { useInfiniteQuery } from '@tanstack/react-query';
import { dataOf } from '../api/api-client.ts';
import { useApi } from '../api/api-context.tsx';

/** All tenants, page by page: to look after them, and to choose whose page to see. */
export function useTenants() {
  const { api } = useApi();
  return useInfiniteQuery({
    queryKey: ['tenants'],
    queryFn: ({ pageParam, signal }) =>
      dataOf(
        api.GET('/api/v1/tenants', {
          signal,
          params: { query: { limit: '100', ...(pageParam === null ? {} : { after: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}
