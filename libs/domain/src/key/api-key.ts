import { assertNever } from '../assert-never.ts';
import type { Decider } from '../decider.ts';
import { Rejected } from '../rejected.ts';

export const scopes = [
  'events:write',
  'events:read',
  'endpoints:read',
  'endpoints:write',
  'deliveries:read',
  'deliveries:replay',
  'secrets:reveal',
  'admin',
] as const;
/** `admin` is the operator's: it includes every other scope, and belongs to keys without a tenant. */
export type Scope = (typeof scopes)[number];

export interface ApiKeyState {
  readonly id: string;
  /** null: the operator's root key. */
  readonly tenantId: string | null;
  readonly name: string;
  /** First characters of the key, for people to tell keys apart. */
  readonly prefix: string;
  /** SHA-256 of the whole key, hex. The key itself (256 random bits) is never stored. */
  readonly hash: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt: number | null;
  readonly version: number;
  readonly createdAt: number;
}

interface OfKey {
  readonly keyId: string;
  readonly version: number;
  readonly at: number;
}

export type ApiKeyFact =
  | (OfKey & {
      readonly type: 'key.created';
      readonly tenantId: string | null;
      readonly name: string;
      readonly prefix: string;
      readonly hash: string;
      readonly scopes: readonly Scope[];
      readonly expiresAt: number | null;
    })
  | (OfKey & { readonly type: 'key.revoked' });

export type ApiKeyCommand =
  | {
      readonly type: 'create';
      readonly keyId: string;
      readonly tenantId: string | null;
      readonly name: string;
      readonly prefix: string;
      readonly hash: string;
      readonly scopes: readonly Scope[];
      readonly expiresAt: number | null;
      readonly at: number;
    }
  | { readonly type: 'revoke'; readonly at: number };

function decide(command: ApiKeyCommand, state: ApiKeyState | undefined): readonly ApiKeyFact[] {
  switch (command.type) {
    case 'create': {
      if (state !== undefined) throw new Rejected('already_exists', `key ${state.id} exists`);
      if (command.tenantId !== null && command.scopes.includes('admin')) {
        throw new Rejected('invalid', 'the scope "admin" belongs to keys without a tenant');
      }
      const { type: _, ...rest } = command;
      return [{ type: 'key.created', version: 1, ...rest }];
    }
    case 'revoke':
      if (state === undefined) throw new Rejected('not_found', 'no such key');
      return [{ type: 'key.revoked', keyId: state.id, version: state.version + 1, at: command.at }];
    default:
      return assertNever(command);
  }
}

function evolve(state: ApiKeyState | undefined, fact: ApiKeyFact): ApiKeyState | undefined {
  switch (fact.type) {
    case 'key.created': {
      const { type: _, keyId, at, ...rest } = fact;
      return state ?? { id: keyId, createdAt: at, ...rest };
    }
    case 'key.revoked':
      return state !== undefined && fact.version === state.version + 1 ? undefined : state;
    default:
      return assertNever(fact);
  }
}

export const apiKeyDecider: Decider<ApiKeyCommand, ApiKeyState | undefined, ApiKeyFact> = {
  decide,
  evolve,
  initialState: undefined,
};
