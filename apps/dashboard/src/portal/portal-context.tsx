import { createContext, useContext } from 'react';
import type { Contract, Me } from '../api/schema.ts';

export interface Portal {
  readonly tenant: NonNullable<Me['tenant']>;
  readonly contract: Contract;
  readonly may: (scope: Me['scopes'][number]) => boolean;
}

export const PortalContext = createContext<Portal | null>(null);

/** Whose page this is, by which contract, and what may be done here. */
export function usePortal(): Portal {
  const portal = useContext(PortalContext);
  if (portal === null) throw new Error('usePortal needs a PortalFrame above it');
  return portal;
}
