import { createContext } from 'react';
import type { Contract, Me } from '../api/schema.ts';

export interface Portal {
  readonly tenant: NonNullable<Me['tenant']>;
  readonly contract: Contract;
  readonly may: (scope: Me['scopes'][number]) => boolean;
}

export const PortalContext = createContext<Portal | null>(null);
