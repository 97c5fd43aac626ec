import type { JsonSchema } from './json-schema.ts';

const byPrototype = new Map<object, Map<string, JsonSchema>>();

/**
 * What a field of a DTO class means, for the OpenAPI document. `more`: keywords that no validator tells, like the kind of
 * values in an object.
 */
export const Described =
  (description: string, more: JsonSchema = {}): PropertyDecorator =>
  (prototype, property) => {
    const fields = byPrototype.get(prototype) ?? new Map<string, JsonSchema>();
    byPrototype.set(prototype, fields.set(String(property), { description, ...more }));
  };

/** {} where nothing was said; a class inherits what its parents said. */
export function descriptionOf(type: { readonly prototype: object }, property: string): JsonSchema {
  let at: object | null = type.prototype;
  while (at !== null) {
    const found = byPrototype.get(at)?.get(property);
    if (found !== undefined) return found;
    at = Object.getPrototypeOf(at) as object | null;
  }
  return {};
}
