import { useMutation } from '@tanstack/react-query';
import { dataOf } from '../api/api-client.ts';
import { useApi } from '../api/api-context.tsx';
import { useReadAgain } from '../live/read-again.ts';

export type Steering = 'pause' | 'resume' | 'cancel';

/** What may be done with a job that is under way. */
export function useSteering(id: string) {
  const { api } = useApi();
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: (how: Steering) => {
      const params = { path: { id } };
      if (how === 'pause') return dataOf(api.POST('/api/v1/replays/{id}/pause', { params }));
      if (how === 'resume') return dataOf(api.POST('/api/v1/replays/{id}/resume', { params }));
      return dataOf(api.POST('/api/v1/replays/{id}/cancel', { params }));
    },
    onSettled: () => readAgain('replays'),
  });
}
