import { useState } from 'react';

/** What the queries give of what it needs. */
interface Asked {
  readonly data: unknown;
  readonly error: Error | null;
}

/**
 * Why there is nothing yet; null: there is something, or the first answer is still on its way. Stays while it is asked for again, so that
 * trouble is not taken for loading every few seconds.
 */
export function useLastError({ data, error }: Asked): Error | null {
  const [last, setLast] = useState<Error | null>(null);
  // React draws again at once where a state is set while it draws: nobody sees the one before.
  if (error !== null && error !== last) setLast(error);
  if (data !== undefined && last !== null && error === null) setLast(null);
  return data === undefined ? (error ?? last) : null;
}
