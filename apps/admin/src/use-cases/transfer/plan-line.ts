import type { ControlChange } from '#control';
import type { AdminContext } from '../admin-context.ts';
import type { KnownThings } from './import-batch.ts';

/** What an import does where a thing with this id is there and differs. */
export const conflictChoices = ['fail', 'skip', 'update'] as const;
export type ConflictChoice = (typeof conflictChoices)[number];

export const lineResults = ['created', 'updated', 'unchanged', 'skipped', 'conflict', 'refused'] as const;
/** What became of one line; of a dry run: what would. */
export type LineResult = (typeof lineResults)[number];

/** What a line asks for, given what is there. */
export interface LinePlan {
  readonly result: LineResult;
  /** For `created` and `updated`. */
  readonly change?: ControlChange;
  /** For `conflict`: in what it differs, and how to mend it. Names fields, never values. */
  readonly detail?: string;
}

export interface PlanContext extends Pick<
  AdminContext,
  'contracts' | 'secretBox' | 'guard' | 'allowHttp' | 'now'
> {
  readonly control: { readonly table: KnownThings };
}

/** Deep, by the order that both sides share. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** Names in one order: JSON objects have none. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, each]) => [name, sorted(each)]));
}

/** Names of the fields in which a line differs from what is there. */
export function differing<T extends object>(line: T, there: T): readonly (keyof T & string)[] {
  return (Object.keys(line) as (keyof T & string)[]).filter((name) => !isSame(line[name], there[name]));
}

/** `never`: fields that nothing can change once the thing exists. `change`: how the others are. */
export function planDiffering(
  fields: readonly string[],
  never: readonly string[],
  choice: ConflictChoice,
  change: () => ControlChange,
): LinePlan {
  if (fields.length === 0) return { result: 'unchanged' };
  const fixed = fields.filter((name) => never.includes(name));
  if (choice === 'skip') return { result: 'skipped' };
  if (fixed.length > 0) {
    return {
      result: 'conflict',
      detail: `there is one with another ${fixed.join(', ')}, which never changes`,
    };
  }
  if (choice === 'update') return { result: 'updated', change: change() };
  const detail = `there is one with another ${fields.join(', ')}; import with "on_conflict" update or skip`;
  return { result: 'conflict', detail };
}
