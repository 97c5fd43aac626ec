import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { dataOf, type Api } from '../../api/api-client.ts';
import { useApi } from '../../api/api-context.tsx';
import type { ReplayJob } from '../ops-schema.ts';

/** All jobs of all tenants. They stand in the control table, so reading them asks no database. */
export function useReplayJobs() {
  const { api } = useApi();
  return useQuery({
    queryKey: ['replays', null, 'all'],
    queryFn: ({ signal }) => allOf(api, signal),
    // Live events tell of a change; a job that runs changes all the time.
    refetchInterval: ({ state }) =>
      state.data?.some((job) => job.state === 'running') === true ? 1_000 : false,
  });
}

async function allOf(api: Api, signal: AbortSignal): Promise<readonly ReplayJob[]> {
  const jobs: ReplayJob[] = [];
  let after: string | null = null;
  do {
    const page: { data: ReplayJob[]; next: string | null } = await dataOf(
      api.GET('/api/v1/replays', {
        signal,
        params: { query: { limit: '100', ...(after === null ? {} : { after }) } },
      }),
    );
    jobs.push(...page.data);
    after = page.next;
  } while (after !== null);
  return jobs;
}

export type Steering = 'pause' | 'resume' | 'cancel';

export function useSteering(id: string) {
  const { api } = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (how: Steering) => {
      const params = { path: { id } };
      if (how === 'pause') return dataOf(api.POST('/api/v1/replays/{id}/pause', { params }));
      if (how === 'resume') return dataOf(api.POST('/api/v1/replays/{id}/resume', { params }));
      return dataOf(api.POST('/api/v1/replays/{id}/cancel', { params }));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['replays'] }),
  });
}
