/** JSON Schema 2020-12, as OpenAPI 3.1 speaks it. Plain data. */
export interface JsonSchema {
  readonly description?: string;
  readonly [keyword: string]: unknown;
}

type More = Readonly<Record<string, unknown>>;

export const text = (description: string, more: More = {}): JsonSchema => ({
  type: 'string',
  description,
  ...more,
});

export const moment = (description: string): JsonSchema => text(description, { format: 'date-time' });

export const whole = (description: string, more: More = {}): JsonSchema => ({
  type: 'integer',
  description,
  ...more,
});

export const flag = (description: string): JsonSchema => ({ type: 'boolean', description });

export const listOf = (items: JsonSchema, description?: string): JsonSchema => ({
  type: 'array',
  ...(description === undefined ? {} : { description }),
  items,
});

/** Texts under names that are not known beforehand. */
export const textsByName = (description: string): JsonSchema => ({
  type: 'object',
  description,
  additionalProperties: { type: 'string' },
});

/** An object of any members; said outright, because generators of types take silence for none. */
export const anyObject = (description: string): JsonSchema => ({
  type: 'object',
  description,
  additionalProperties: true,
});

/** Every member is there unless `optional` names it. */
export function objectOf(
  properties: Readonly<Record<string, JsonSchema>>,
  {
    optional = [],
    description,
  }: { readonly optional?: readonly string[]; readonly description?: string } = {},
): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return {
    type: 'object',
    ...(description === undefined ? {} : { description }),
    properties,
    ...(required.length === 0 ? {} : { required }),
  };
}

/** The same, or null. */
export function orNull(schema: JsonSchema): JsonSchema {
  const { type, enum: values, ...rest } = schema;
  if (typeof type !== 'string') return { anyOf: [schema, { type: 'null' }] };
  const choices = Array.isArray(values) ? { enum: [...(values as unknown[]), null] } : {};
  return { type: [type, 'null'], ...choices, ...rest };
}

/** A schema of the document, by its name. */
export const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

/** The pieces above under one name, for those who describe from outside of this library. */
export const schema = {
  anyObject,
  flag,
  listOf,
  moment,
  objectOf,
  orNull,
  ref,
  text,
  textsByName,
  whole,
} as const;
