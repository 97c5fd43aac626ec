import { useQueryClient } from '@tanstack/react-query';
import { keysOf, type Watched } from './live-events.ts';

/**
 * After a change of one's own: what hangs on it is read again at once, without waiting for the engine to tell. Nobody waits
 * for it: what became of the change is known already, and what is away would keep it from being said.
 */
export function useReadAgain(): (...changed: readonly Watched[]) => void {
  const queries = useQueryClient();
  return (...changed) => {
    for (const key of keysOf(changed)) void queries.invalidateQueries({ queryKey: [key] });
  };
}
