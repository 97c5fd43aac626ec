import { MAX_CONCURRENCY, noEndpointLimits, type EndpointLimits, type TenantLimits } from '#domain';
import { pointerStep, refusedField } from './refused-field.ts';

/** Limits as asked for, by the names that the API gives them; what is not named stays as it is, null takes one away. */
export type LimitsAsk = Readonly<Record<string, unknown>>;

interface Rule<Name extends string> {
  readonly name: Name;
  readonly min: number;
  readonly max: number;
  readonly isWhole: boolean;
}

const endpointRules: Readonly<Record<string, Rule<keyof EndpointLimits>>> = {
  per_second: { name: 'perSecond', min: 0.01, max: 10_000, isWhole: false },
  concurrency: { name: 'concurrency', min: 1, max: MAX_CONCURRENCY, isWhole: true },
};

const tenantRules: Readonly<Record<string, Rule<keyof TenantLimits>>> = {
  max_endpoints: { name: 'maxEndpoints', min: 0, max: 1_000_000, isWhole: true },
  events_per_second: { name: 'eventsPerSecond', min: 1, max: 1_000_000, isWhole: true },
  max_payload_bytes: { name: 'maxPayloadBytes', min: 2, max: 16 * 1_024 * 1_024, isWhole: true },
};

/** Throws 422 with a pointer. */
export function endpointLimits(asked: LimitsAsk, before: EndpointLimits = noEndpointLimits): EndpointLimits {
  return { ...before, ...checked(endpointRules, asked) };
}

/** Throws 422 with a pointer. */
export function tenantLimits(asked: LimitsAsk, before: TenantLimits): TenantLimits {
  return { ...before, ...checked(tenantRules, asked) };
}

function checked<Name extends string>(
  rules: Readonly<Record<string, Rule<Name>>>,
  asked: LimitsAsk,
): Partial<Record<Name, number | null>> {
  const found: Partial<Record<Name, number | null>> = {};
  for (const [field, value] of Object.entries(asked)) {
    const pointer = `/limits/${pointerStep(field)}`;
    const rule = Object.hasOwn(rules, field) ? rules[field] : undefined;
    if (rule === undefined) {
      const known = Object.keys(rules).join(', ');
      throw refusedField(pointer, 'unknown_field', `no such field; the known ones are: ${known}`);
    }
    if (value !== null && !fits(rule, value)) {
      const kind = rule.isWhole ? 'a whole number' : 'a number';
      const detail = `must be ${kind} from ${rule.min} to ${rule.max}, or null for none of its own`;
      throw refusedField(pointer, 'out_of_range', detail);
    }
    found[rule.name] = value;
  }
  return found;
}

function fits({ min, max, isWhole }: Rule<string>, value: unknown): value is number {
  if (typeof value !== 'number' || (isWhole && !Number.isInteger(value))) return false;
  return value >= min && value <= max;
}
