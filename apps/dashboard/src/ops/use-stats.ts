import { useQuery } from '@tanstack/react-query';
import { dataOf } from '../api/api-client.ts';
import { useApi } from '../api/api-context.tsx';

/** What is asked for every few seconds anyway says at once that there was no answer. */
const ASKED_AGAIN = { retry: false } as const;

/** The installation at a glance. Live events replace it every second; without them it is asked for again. */
export function useStats() {
  const { api } = useApi();
  return useQuery({
    queryKey: ['stats'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/stats', { signal })),
    ...ASKED_AGAIN,
  });
}

/** The tiers as this release has them, shortest first. */
export function useTiers() {
  const { api } = useApi();
  return useQuery({
    queryKey: ['tiers'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/tiers', { signal })),
    staleTime: Infinity,
  });
}

/** Often enough for a line of minutes, seldom enough for a table of millions of attempts. */
const MINUTES_AGAIN_MS = 10_000;

/** The current minute and the 59 before it, oldest first. */
export function useMinutes() {
  const { api } = useApi();
  return useQuery({
    queryKey: ['minutes'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/stats/minutes', { signal })),
    refetchInterval: MINUTES_AGAIN_MS,
    ...ASKED_AGAIN,
  });
}

const PROCESSES_AGAIN_MS = 2_000;

/** Who is there, and how far groups are behind the log. Asks the log, not the tables. */
export function useProcesses() {
  const { api } = useApi();
  return useQuery({
    queryKey: ['processes'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/processes', { signal })),
    refetchInterval: PROCESSES_AGAIN_MS,
    ...ASKED_AGAIN,
  });
}
