import type { ShownState } from '../entities/audit-row.ts';

const HIDDEN = '…';

/** Sealed texts and hashes are no secrets, but nothing that anybody has to read either. */
const hidden = new Set(['sealed', 'secret', 'hash']);

/** A state or fact as audit may keep it: whether there is a secret or a header shows, and its value does not. */
export function shownState(value: object): ShownState {
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shownPart(name, each)]));
}

function shownPart(name: string, value: unknown): unknown {
  if (value === null || value === undefined) return value;
  if (hidden.has(name)) return HIDDEN;
  if (Array.isArray(value)) return value.map((each: unknown) => shownPart('', each));
  if (typeof value !== 'object') return value;
  // Values of custom headers are credentials as often as not.
  if (name === 'headers') return Object.fromEntries(Object.keys(value).map((header) => [header, HIDDEN]));
  return shownState(value);
}
