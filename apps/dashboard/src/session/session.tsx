import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import { sessionStrings } from '../strings/session.ts';
import { credentialStore } from './credential-store.ts';

export interface Session {
  readonly credential: string | null;
  /** Why the last one ended, for the form that asks for another. */
  readonly ended: string | null;
  readonly signIn: (credential: string) => void;
  readonly signOut: () => void;
  /** The engine opens nothing for the credential any more. */
  readonly end: (code: string) => void;
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
  const session = useMemo<Session>(
    () => ({
      credential,
      ended,
      signIn: (given) => {
        credentialStore.write(given);
        setEnded(null);
        setCredential(given);
      },
      signOut: () => leave(null),
      end: (code) => leave(sessionStrings.ended(code)),
    }),
    [credential, ended, leave],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession needs a SessionProvider above it');
  return session;
}
