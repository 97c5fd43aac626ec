import { assertNever } from '../assert-never.ts';
import type { Decider } from '../decider.ts';
import { Rejected } from '../rejected.ts';

/** What a plan includes; null: what the installation gives every tenant. */
export interface TenantLimits {
  readonly maxEndpoints: number | null;
  /** Events accepted a second, by each process that takes events in. */
  readonly eventsPerSecond: number | null;
  /** Bytes of one event's `data`. */
  readonly maxPayloadBytes: number | null;
}

export const noTenantLimits: TenantLimits = {
  maxEndpoints: null,
  eventsPerSecond: null,
  maxPayloadBytes: null,
};

/** A customer of the provider; its endpoints receive webhooks in one contract's wire format. */
export interface TenantState {
  readonly id: string;
  readonly name: string;
  /** Id of the contract, e.g. `hyprwatch`. Never changes. */
  readonly contract: string;
  /** Typed by the contract (Hyperleap: chatbotId, chatbotName, organizationId). */
  readonly attributes: Readonly<Record<string, string>>;
  /** The tenant's one signing secret, sealed, where the contract signs with the tenant's (Hyperspell); else null. */
  readonly secret: string | null;
  /** False: the plan does not include webhooks (HL-1). */
  readonly entitled: boolean;
  readonly limits: TenantLimits;
  readonly version: number;
  readonly createdAt: number;
}

interface OfTenant {
  readonly tenantId: string;
  /** The version that the tenant has after this fact. */
  readonly version: number;
  readonly at: number;
}

export type TenantFact =
  | (OfTenant & {
      readonly type: 'tenant.created';
      readonly name: string;
      readonly contract: string;
      readonly attributes: Readonly<Record<string, string>>;
      readonly secret: string | null;
      readonly entitled: boolean;
      /** Absent: none, as in all facts of earlier releases. */
      readonly limits?: TenantLimits;
    })
  | (OfTenant & {
      readonly type: 'tenant.updated';
      readonly name: string;
      readonly attributes: Readonly<Record<string, string>>;
      readonly entitled: boolean;
      /** Absent: as before. */
      readonly limits?: TenantLimits;
    })
  | (OfTenant & { readonly type: 'tenant.secret-set'; readonly secret: string })
  /** The same secret, sealed with another key. */
  | (OfTenant & { readonly type: 'tenant.secret-rewrapped'; readonly secret: string })
  | (OfTenant & { readonly type: 'tenant.deleted' });

export type TenantCommand =
  | {
      readonly type: 'create';
      readonly tenantId: string;
      readonly name: string;
      readonly contract: string;
      readonly attributes: Readonly<Record<string, string>>;
      readonly secret: string | null;
      readonly entitled: boolean;
      readonly limits?: TenantLimits;
      readonly at: number;
    }
  | {
      readonly type: 'update';
      readonly name?: string;
      readonly attributes?: Readonly<Record<string, string>>;
      readonly entitled?: boolean;
      readonly limits?: TenantLimits;
      readonly at: number;
    }
  | { readonly type: 'set-secret'; readonly secret: string; readonly at: number }
  /** `secret`: the same, sealed anew. */
  | { readonly type: 'rewrap'; readonly secret: string; readonly at: number }
  | { readonly type: 'delete'; readonly at: number };

function decide(command: TenantCommand, state: TenantState | undefined): readonly TenantFact[] {
  if (command.type === 'create') {
    if (state !== undefined) throw new Rejected('already_exists', `tenant ${state.id} exists`);
    const { type: _, ...rest } = command;
    return [{ type: 'tenant.created', version: 1, ...rest }];
  }
  if (state === undefined) throw new Rejected('not_found', 'no such tenant');
  const head = { tenantId: state.id, version: state.version + 1, at: command.at };
  switch (command.type) {
    case 'update':
      return [
        {
          ...head,
          type: 'tenant.updated',
          name: command.name ?? state.name,
          attributes: command.attributes ?? state.attributes,
          entitled: command.entitled ?? state.entitled,
          ...(command.limits === undefined ? {} : { limits: command.limits }),
        },
      ];
    case 'set-secret':
      return [{ ...head, type: 'tenant.secret-set', secret: command.secret }];
    case 'rewrap':
      return [{ ...head, type: 'tenant.secret-rewrapped', secret: command.secret }];
    case 'delete':
      return [{ ...head, type: 'tenant.deleted' }];
    default:
      return assertNever(command);
  }
}

function evolve(state: TenantState | undefined, fact: TenantFact): TenantState | undefined {
  if (fact.type === 'tenant.created') {
    const { type: _, tenantId, at, ...rest } = fact;
    return state ?? { id: tenantId, createdAt: at, limits: noTenantLimits, ...rest };
  }
  if (state === undefined || fact.version !== state.version + 1) return state;
  const next = { ...state, version: fact.version };
  switch (fact.type) {
    case 'tenant.updated':
      return {
        ...next,
        name: fact.name,
        attributes: fact.attributes,
        entitled: fact.entitled,
        limits: fact.limits ?? state.limits,
      };
    case 'tenant.secret-set':
    case 'tenant.secret-rewrapped':
      return { ...next, secret: fact.secret };
    case 'tenant.deleted':
      return undefined;
    default:
      return assertNever(fact);
  }
}

export const tenantDecider: Decider<TenantCommand, TenantState | undefined, TenantFact> = {
  decide,
  evolve,
  initialState: undefined,
};
