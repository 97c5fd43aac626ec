import { noEndpointLimits, noTenantLimits } from '#domain';
import { endpointLimitsView, tenantLimitsView } from '../rest/limits.view.ts';
import { refusedField } from '../use-cases/refused-field.ts';

/** Limits as a request has them: protobuf has no null, so those that are taken away are named beside. */
export interface LimitsMessage {
  readonly limits?: Readonly<Record<string, number>>;
  readonly no_limits?: readonly string[];
}

interface NamedLimits {
  readonly limits?: Readonly<Record<string, number | null>>;
}

/** As REST's body says it: a number, null, or nothing. */
export function tenantLimitsOf(message: LimitsMessage): NamedLimits {
  return named(message, Object.keys(tenantLimitsView(noTenantLimits)));
}

export function webhookLimitsOf(message: LimitsMessage): NamedLimits {
  return named(message, Object.keys(endpointLimitsView(noEndpointLimits)));
}

function named({ limits, no_limits: none = [] }: LimitsMessage, known: readonly string[]): NamedLimits {
  for (const [at, name] of none.entries()) {
    const pointer = `/no_limits/${at}`;
    if (!known.includes(name)) {
      throw refusedField(pointer, 'unknown_field', `no such limit; the known ones are: ${known.join(', ')}`);
    }
    if (limits?.[name] !== undefined) {
      throw refusedField(pointer, 'not_both', 'is in "limits" too; set it, or take it away');
    }
  }
  if (limits === undefined && none.length === 0) return {};
  return { limits: { ...limits, ...Object.fromEntries(none.map((name) => [name, null])) } };
}
