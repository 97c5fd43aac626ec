import { useQueryClient } from '@tanstack/react-query';
import { keysOf, type Watched } from './live-events.ts';

/** After a change of one's own: what hangs on it is read again at once, without waiting for the engine to tell. */
export function useReadAgain(): (...changed: readonly Watched[]) => Promise<void> {
  const queries = useQueryClient();
  return async (...changed) => {
    await Promise.all([...keysOf(changed)].map((key) => queries.invalidateQueries({ queryKey: [key] })));
  };
}
