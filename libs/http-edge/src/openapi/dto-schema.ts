import 'reflect-metadata';
import { getMetadataStorage } from 'class-validator';
import { descriptionOf } from './described.ts';
import type { JsonSchema } from './json-schema.ts';

/** A class whose fields class-validator checks. */
// oxlint-disable-next-line typescript/no-unsafe-function-type -- as class-validator names its targets
export type DtoClass = Function & { readonly prototype: object };

/** What the conditions of our DTOs say besides their validators; they carry it as `context`. */
export interface FieldCondition {
  readonly mayBeAbsent: boolean;
  readonly mayBeNull: boolean;
}

interface Rule {
  readonly type: string;
  readonly name?: string | undefined;
  readonly propertyName: string;
  readonly constraints: readonly unknown[] | undefined;
  readonly each: boolean;
  readonly context?: unknown;
}

const keywords: Readonly<Record<string, (given: readonly unknown[]) => JsonSchema>> = {
  isString: () => ({ type: 'string' }),
  isBoolean: () => ({ type: 'boolean' }),
  isInt: () => ({ type: 'integer' }),
  isNumber: () => ({ type: 'number' }),
  isObject: () => ({ type: 'object' }),
  isArray: () => ({ type: 'array' }),
  isIn: ([values]) => ({ enum: values }),
  isLength: ([min, max]) => ({ minLength: min, ...(max === undefined ? {} : { maxLength: max }) }),
  minLength: ([min]) => ({ minLength: min }),
  maxLength: ([max]) => ({ maxLength: max }),
  matches: ([pattern]) => ({ type: 'string', pattern: pattern instanceof RegExp ? pattern.source : pattern }),
  min: ([min]) => ({ minimum: min }),
  max: ([max]) => ({ maximum: max }),
  arrayMinSize: ([min]) => ({ minItems: min }),
  arrayMaxSize: ([max]) => ({ maxItems: max }),
  arrayUnique: () => ({ uniqueItems: true }),
  isIso8601: () => ({ type: 'string', format: 'date-time' }),
  isScalar: () => ({ type: ['string', 'number', 'boolean', 'null'] }),
  isMoment: () => ({ type: 'string', format: 'date-time' }),
};

/**
 * The schema of a DTO class, out of the same decorators that check it. A validator that it cannot put into a schema is an
 * error: a rule that the document keeps to itself would be found by a customer.
 */
export function dtoSchema(type: DtoClass): JsonSchema {
  const found = getMetadataStorage().getTargetValidationMetadatas(type, '', true, false) as unknown as Rule[];
  const fields = Map.groupBy(found, ({ propertyName }) => propertyName);
  const properties = Object.fromEntries(
    [...fields].map(([name, rules]) => [name, fieldSchema(type, name, rules)]),
  );
  const required = [...fields].flatMap(([name, rules]) => (conditionOf(rules).mayBeAbsent ? [] : [name]));
  return {
    type: 'object',
    properties,
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}

function fieldSchema(type: DtoClass, field: string, rules: readonly Rule[]): JsonSchema {
  const own: Record<string, unknown> = {};
  const items: Record<string, unknown> = {};
  for (const rule of rules) {
    if (rule.name === undefined && rule.type === 'conditionalValidation') continue;
    if (rule.type === 'nestedValidation') {
      Object.assign(own, dtoSchema(Reflect.getMetadata('design:type', type.prototype, field) as DtoClass));
      continue;
    }
    const keyword = keywords[rule.name ?? ''];
    if (keyword === undefined) {
      throw new Error(
        `${type.name}.${field}: no JSON Schema is known for the validator "${rule.name ?? rule.type}"; add it to dto-schema.ts`,
      );
    }
    Object.assign(rule.each ? items : own, keyword(rule.constraints ?? []));
  }
  if (conditionOf(rules).mayBeNull) own['type'] = [own['type'], 'null'];
  return {
    ...own,
    ...(Object.keys(items).length === 0 ? {} : { items }),
    ...descriptionOf(type, field),
  };
}

function conditionOf(rules: readonly Rule[]): FieldCondition {
  const condition = rules.find(({ type }) => type === 'conditionalValidation');
  return (condition?.context as FieldCondition | undefined) ?? { mayBeAbsent: false, mayBeNull: false };
}
