import type { Contract, ContractEventType, ContractSignature, ContractTruncation } from '../contract.ts';
import { durationMs } from './duration.ts';

/** What a data file holds once it fits contract.schema.json. */
export interface ContractFile extends Omit<Contract, 'eventTypes' | 'policy' | 'signature'> {
  readonly signature: Omit<ContractSignature, 'ed25519'> & { readonly ed25519?: string };
  readonly policy: {
    readonly success: readonly (readonly [number, number])[];
    readonly timeout: string;
    readonly delays: readonly string[];
    readonly maxAge: string | null;
    readonly retryAfterUpTo: string | null;
    readonly goneDisables: boolean;
    readonly exhaustionDisables: boolean;
  };
  readonly eventTypes: readonly (Omit<ContractEventType, 'truncate'> & {
    readonly truncate?: ContractTruncation;
  })[];
}

export function contractOf(file: ContractFile): Contract {
  const { policy, eventTypes, signature, ...rest } = file;
  return deepFreeze({
    ...rest,
    signature: { ...signature, ed25519: signature.ed25519 ?? null },
    policy: {
      success: policy.success,
      timeoutMs: durationMs(policy.timeout),
      delaysMs: policy.delays.map(durationMs),
      maxAgeMs: policy.maxAge === null ? null : durationMs(policy.maxAge),
      retryAfterUpToMs: policy.retryAfterUpTo === null ? null : durationMs(policy.retryAfterUpTo),
      goneDisables: policy.goneDisables,
      exhaustionDisables: policy.exhaustionDisables,
    },
    eventTypes: new Map(
      eventTypes.map((each) => [each.type, deepFreeze({ ...each, truncate: each.truncate ?? null })]),
    ),
  });
}

/** Contracts are shared by everything in the process; nobody may change one. */
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const child of Object.values(value)) deepFreeze(child);
  }
  return value;
}
