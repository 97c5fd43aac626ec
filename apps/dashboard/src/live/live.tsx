import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { useApi } from '../api/api-context.tsx';
import { useSession } from '../session/session.tsx';
import { changedBy, keysOf, statsOf, watched, type Watched } from './live-events.ts';
import { followLive, type LiveState } from './live-stream.ts';

/** What came in within this time is read again together. */
const GATHER_MS = 300;
const POLL_MS = 4_000;

const LiveContext = createContext<LiveState | null>(null);

/** Keeps what is on the screen true: by the engine's events, or by asking every few seconds while those do not come. */
export function LiveProvider({
  wantsStats = false,
  children,
}: {
  /** For operators: GET /stats once a second, as the query `['stats']`. */
  readonly wantsStats?: boolean;
  readonly children: ReactNode;
}) {
  const queries = useQueryClient();
  const { credential } = useSession();
  const { tenant } = useApi();
  const [state, setState] = useState<LiveState>('connecting');

  useEffect(() => {
    if (credential === null) return undefined;
    const stop = new AbortController();
    const changed = new Set<Watched>();
    let gathering: ReturnType<typeof setTimeout> | undefined;
    const readAgain = () => {
      gathering = undefined;
      for (const key of keysOf(changed)) void queries.invalidateQueries({ queryKey: [key] });
      changed.clear();
    };
    const change = (names: readonly Watched[]) => {
      for (const name of names) changed.add(name);
      if (changed.size > 0) gathering ??= setTimeout(readAgain, GATHER_MS);
    };
    void followLive({
      url: liveUrl(tenant, wantsStats),
      credential,
      signal: stop.signal,
      onState: (next) => {
        setState(next);
      },
      onEvent: ({ name, data }) => {
        if (name === 'changed') change(changedBy(data));
        // The credential is good for nothing any more; the next question is refused, and the session with it.
        if (name === 'end') void queries.invalidateQueries({ queryKey: ['me'] });
        if (name === 'stats') queries.setQueryData(['stats'], statsOf(data));
      },
    });
    return () => {
      stop.abort();
      clearTimeout(gathering);
    };
  }, [credential, tenant, wantsStats, queries]);

  useEffect(() => {
    if (state === 'live') return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState !== 'visible') return;
      for (const key of [...keysOf(watched), 'stats']) void queries.invalidateQueries({ queryKey: [key] });
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [state, queries]);

  return <LiveContext value={state}>{children}</LiveContext>;
}

function liveUrl(tenant: string | null, wantsStats: boolean): string {
  const query = new URLSearchParams();
  if (tenant !== null) query.set('tenant', tenant);
  if (wantsStats) query.set('stats', 'true');
  return query.size === 0 ? '/api/v1/live' : `/api/v1/live?${query.toString()}`;
}

/** Null: nothing here is followed. */
export function useLiveState(): LiveState | null {
  return useContext(LiveContext);
}
