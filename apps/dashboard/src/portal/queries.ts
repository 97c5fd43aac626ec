import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { dataOf } from '../api/api-client.ts';
import { useApi } from '../api/api-context.tsx';
import type { Webhook } from '../api/schema.ts';
import { allReplays } from '../replays/all-replays.ts';
import { deliveryQuery, type DeliverySearch } from './deliveries/delivery-filter.ts';
import { inParts } from './in-parts.ts';

/** First words of keys are those of live events (live-events.ts): what changed is read again by them. */
export function useWebhooks() {
  const { api, tenant } = useApi();
  return useInfiniteQuery({
    queryKey: ['webhooks', tenant],
    queryFn: ({ pageParam, signal }) =>
      dataOf(
        api.GET('/api/v1/webhooks', {
          signal,
          params: { query: { limit: '100', ...(pageParam === null ? {} : { after: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}

/** A webhook, and the version of it that a change is made over. */
export interface SavedWebhook {
  readonly webhook: Webhook & { readonly held: number | null };
  readonly version: string | null;
}

export const webhookKey = (tenant: string | null, id: string) => ['webhook', tenant, id] as const;

export function useWebhook(id: string) {
  const { api, tenant } = useApi();
  return useQuery({
    queryKey: webhookKey(tenant, id),
    queryFn: async ({ signal }): Promise<SavedWebhook> => {
      const { data, response } = await api.GET('/api/v1/webhooks/{id}', { signal, params: { path: { id } } });
      if (data === undefined) throw new Error(response.statusText);
      return { webhook: data, version: response.headers.get('etag') };
    },
  });
}

export const PAGE_SIZE = 25;

export function useDeliveries(search: DeliverySearch, limit = PAGE_SIZE) {
  const { api, tenant } = useApi();
  const query = deliveryQuery(search, Date.now(), limit);
  return useQuery({
    queryKey: ['deliveries', tenant, 'list', query],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/deliveries', { signal, params: { query } })),
    placeholderData: keepPreviousData,
  });
}

export function useDelivery(id: string) {
  const { api, tenant } = useApi();
  return useQuery({
    queryKey: ['deliveries', tenant, 'one', id],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/deliveries/{id}', { signal, params: { path: { id } } })),
  });
}

/** GET /activity tells of so many by one call. */
const MOST_AT_ONCE = 100;

/** The last day of each, by id. Read again with the deliveries it counts, but not more often than it can be seen to change. */
export function useActivity(ids: readonly string[]) {
  const { api, tenant } = useApi();
  return useQuery({
    queryKey: ['activity', tenant, ids],
    queryFn: async ({ signal }) => {
      const answers = await Promise.all(
        inParts(ids, MOST_AT_ONCE).map((part) => {
          const query = { webhooks: part.join(',') };
          return dataOf(api.GET('/api/v1/activity', { signal, params: { query } }));
        }),
      );
      return new Map(answers.flatMap(({ data }) => data).map((one) => [one.webhook_id, one] as const));
    },
    enabled: ids.length > 0,
    refetchInterval: 15_000,
    placeholderData: keepPreviousData,
  });
}

export function useReplays() {
  const { api, tenant } = useApi();
  return useQuery({
    queryKey: ['replays', tenant, 'list'],
    // The newest is what somebody who has just started one looks for.
    queryFn: async ({ signal }) => (await allReplays(api, signal)).toReversed(),
  });
}
