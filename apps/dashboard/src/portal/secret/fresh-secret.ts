import { useQuery, useQueryClient } from '@tanstack/react-query';

interface FreshSecret {
  readonly secret: string;
  /** Of an endpoint that was just made. */
  readonly isFirst: boolean;
}

const keyOf = (id: string) => ['fresh-secret', id] as const;

/** A secret that an answer has just handed over: kept in memory until it is put away, or the page is closed. */
export function useFreshSecret(id: string) {
  const queries = useQueryClient();
  const { data } = useQuery<FreshSecret | null>({
    queryKey: keyOf(id),
    queryFn: () => null,
    enabled: false,
    initialData: null,
    gcTime: Infinity,
  });
  return {
    fresh: data,
    // Set and not removed: a query that is removed goes on being shown.
    forget: () => queries.setQueryData<FreshSecret | null>(keyOf(id), null),
  };
}

export function useKeepSecret() {
  const queries = useQueryClient();
  return (id: string, fresh: FreshSecret) => queries.setQueryData(keyOf(id), fresh);
}
