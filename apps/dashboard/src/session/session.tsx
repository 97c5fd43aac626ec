import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { sessionStrings } from '../strings/session.ts';
import { credentialStore, takeCredentialFromAddress } from './credential-store.ts';

export interface Session {
  readonly credential: string | null;
  /** Why the last one ended, for the form that asks for another. */
  readonly ended: string | null;
  readonly signIn: (credential: string) => void;
  readonly signOut: () => void;
  /** The engine opens nothing for this credential any more. A late answer to one that was left before ends nothing. */
  readonly end: (refused: string, code: string) => void;
}

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [credential, setCredential] = useState(() => credentialStore.read());
  const [ended, setEnded] = useState<string | null>(null);
  const queries = useQueryClient();

  const leave = useCallback(
    (why: string | null) => {
      credentialStore.clear();
      // What one credential was shown is nothing for the next.
      queries.clear();
      setEnded(why);
      setCredential(null);
    },
    [queries],
  );
  const enter = useCallback(
    (given: string) => {
      credentialStore.write(given);
      queries.clear();
      setEnded(null);
      setCredential(given);
    },
    [queries],
  );
  // A link with another token, opened where the page is open already, only changes the fragment.
  useEffect(() => {
    const take = () => {
      const given = takeCredentialFromAddress();
      if (given !== undefined) enter(given);
    };
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, [enter]);
  const session = useMemo<Session>(
    () => ({
      credential,
      ended,
      signIn: enter,
      signOut: () => leave(null),
      end: (refused, code) => {
        if (credentialStore.read() === refused) leave(sessionStrings.ended(code));
      },
    }),
    [credential, ended, enter, leave],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession needs a SessionProvider above it');
  return session;
}
