export interface Change {
  /** Names from the outside in: `limits.max_endpoints`. */
  readonly field: string;
  /** As JSON; null: it was, or is, not there. */
  readonly before: string | null;
  readonly after: string | null;
}

type Values = Readonly<Record<string, unknown>> | null;

/** They change with every change, and say nothing of it. */
const BOOKKEEPING = new Set(['version', 'updated_at']);

/**
 * What differs between what something was and what it is. Objects are looked into, lists are compared whole. What is the same is left
 * out, as is what is empty of something that is new or gone; what every change changes comes last.
 */
export function diffOf(before: Values, after: Values): readonly Change[] {
  const was = before === null ? new Map<string, unknown>() : flat(before);
  const is = after === null ? new Map<string, unknown>() : flat(after);
  const whole = before === null || after === null;
  const fields = [...new Set([...is.keys(), ...was.keys()])];
  const changes = fields
    .map((field) => ({ field, before: textOf(was, field), after: textOf(is, field) }))
    .filter((change) => change.before !== change.after)
    .filter(({ field }) => !(whole && isNothing(was.get(field) ?? is.get(field))));
  const last = ({ field }: Change) => BOOKKEEPING.has(field);
  return [...changes.filter((change) => !last(change)), ...changes.filter(last)];
}

/** The fields of a change in a few words, without bookkeeping: `url, events`. */
export function changedFields(changes: readonly Change[]): readonly string[] {
  return changes.map(({ field }) => field).filter((field) => !BOOKKEEPING.has(field));
}

function flat(values: Readonly<Record<string, unknown>>, within = ''): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [name, value] of Object.entries(values)) {
    const field = within + name;
    if (isObject(value) && Object.keys(value).length > 0) {
      for (const [inner, part] of flat(value, `${field}.`)) found.set(inner, part);
    } else {
      found.set(field, value);
    }
  }
  return found;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNothing = (value: unknown) =>
  value === null ||
  value === undefined ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0);

function textOf(values: ReadonlyMap<string, unknown>, field: string): string | null {
  if (!values.has(field)) return null;
  const value = values.get(field);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
