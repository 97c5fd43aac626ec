import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../api/api-context.tsx';
import { allReplays } from '../../replays/all-replays.ts';

/** The jobs of all tenants. */
export function useReplayJobs() {
  const { api } = useApi();
  return useQuery({
    queryKey: ['replays', null, 'all'],
    queryFn: ({ signal }) => allReplays(api, signal),
    // Live events tell of a change; a job that runs changes all the time.
    refetchInterval: ({ state }) =>
      state.data?.some((job) => job.state === 'running') === true ? 1_000 : false,
  });
}
