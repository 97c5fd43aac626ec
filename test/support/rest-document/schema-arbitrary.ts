import fc from 'fast-check';
import { resolved, type Document, type Schema } from './document-index.ts';

/** Values that a schema of the document takes, as far as the schema says; what it does not say is anything. */
export function arbitraryOf(document: Document, schema: Schema): fc.Arbitrary<unknown> {
  const next = (each: unknown) => arbitraryOf(document, each as Schema);
  const { $ref: ref, const: only, enum: values, type } = schema;
  if (typeof ref === 'string') return next(resolved(document, ref));
  if (only !== undefined) return fc.constant(only);
  if (Array.isArray(values)) return fc.constantFrom(...(values as unknown[]));
  const choices = schema['oneOf'] ?? schema['anyOf'];
  if (Array.isArray(choices)) return fc.oneof(...choices.map(next));
  if (Array.isArray(type)) return fc.oneof(...type.map((each: unknown) => next({ ...schema, type: each })));
  switch (type) {
    case 'string':
      return textOf(schema);
    case 'integer':
      return fc.integer({
        min: numberOf(schema['minimum'], -1_000),
        max: numberOf(schema['maximum'], 1_000_000),
      });
    case 'number':
      return fc.double({
        min: numberOf(schema['minimum'], -1e6),
        max: numberOf(schema['maximum'], 1e6),
        noNaN: true,
      });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return (schema['uniqueItems'] === true ? fc.uniqueArray : fc.array)(next(schema['items'] ?? {}), {
        minLength: numberOf(schema['minItems'], 0),
        maxLength: Math.min(numberOf(schema['maxItems'], 5), 5),
      });
    case 'object':
      return objectOf(schema, next);
    default:
      return fc.jsonValue();
  }
}

function textOf({ format, pattern, minLength, maxLength }: Schema): fc.Arbitrary<string> {
  if (format === 'date-time') {
    const range = { min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true };
    return fc.date(range).map((date) => date.toISOString());
  }
  if (format === 'uuid') return fc.uuid();
  if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern));
  return fc.string({
    minLength: numberOf(minLength, 0),
    maxLength: Math.min(numberOf(maxLength, 40), 40),
    unit: 'binary',
  });
}

function objectOf(schema: Schema, next: (schema: unknown) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const properties = schema['properties'] as Readonly<Record<string, Schema>> | undefined;
  const others = schema['additionalProperties'];
  if (properties === undefined) {
    const value = others === undefined || typeof others === 'boolean' ? fc.jsonValue() : next(others);
    return fc.dictionary(fc.string({ maxLength: 12 }), value, { maxKeys: 4 });
  }
  const model = Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, next(each)]));
  return fc.record(model, { requiredKeys: (schema['required'] ?? []) as string[] });
}

const numberOf = (given: unknown, otherwise: number): number =>
  typeof given === 'number' ? given : otherwise;
